'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { Time } from '@/components/ui/time.tsx'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useReasonText } from './use-reason-text.ts'

const tones: Record<UpstreamService['health']['state'], StatusTone> = {
  unknown: 'pending',
  healthy: 'ok',
  degraded: 'warn',
  failing: 'bad',
  empty: 'bad',
  stale: 'warn',
}

interface ServiceHealthProps {
  readonly service: Pick<UpstreamService, 'health' | 'nodes' | 'keys' | 'provider'>
}

/** State, how many serve, and under it why, for a table's cell. */
export function ServiceHealthCell({ service }: ServiceHealthProps) {
  const t = useTranslations('services.health')
  const reasonText = useServiceReason(service)
  const { state, reason } = service.health
  const serving = useServingText(service)
  const below = reason === null ? null : reasonText(reason)
  return (
    <span className="block min-w-0">
      <StatusText tone={tones[state]} detail={serving}>
        {t(state)}
      </StatusText>
      {below ? (
        <span title={below} className="block max-w-[220px] truncate max-md:max-w-full text-meta text-ink-3">
          {below}
        </span>
      ) : null}
    </span>
  )
}

/** The same with the whole reason and since when, for a page's header. */
export function ServiceHealthLine({ service }: ServiceHealthProps) {
  const t = useTranslations('services.health')
  const reasonText = useServiceReason(service)
  const { state, reason } = service.health
  const serving = useServingText(service)
  const since = lastChange(service)
  return (
    <span className="block">
      <StatusText
        tone={tones[state]}
        detail={
          <>
            {serving}
            {since === null ? null : (
              <>
                {serving === null ? null : ' · '}
                {t('since')} <Time value={since} />
              </>
            )}
          </>
        }
      >
        {t(state)}
      </StatusText>
      {reason === null ? null : (
        <span className="mt-0.5 block max-w-[72ch] text-control text-ink-2">{reasonText(reason)}</span>
      )}
    </span>
  )
}

/** A node that answers 401 to a check has no key to speak of. */
function useServiceReason({ provider }: ServiceHealthProps['service']): (reason: string) => string {
  const sentence = useSentences()
  const reasonText = useReasonText()
  return provider === null ? sentence : reasonText
}

/** Of what is known; null: nothing is. */
function lastChange({ nodes, keys }: ServiceHealthProps['service']): string | null {
  const known = [...nodes, ...keys].filter(({ state }) => state !== 'unknown')
  return known.reduce<string | null>((last, { since }) => {
    return since !== null && (last === null || since > last) ? since : last
  }, null)
}

const outOfTraffic = new Set(['unready', 'ejected', 'paused', 'probing'])

/** "2 of 3 nodes"; of providers, which have one, "1 of 2 keys". */
function useServingText({ nodes, keys }: ServiceHealthProps['service']): string | null {
  const t = useTranslations('services.health')
  if (nodes.length > 1 || keys.length === 0) {
    if (nodes.length === 0) return null
    const serving = nodes.filter(({ state }) => !outOfTraffic.has(state)).length
    return t('nodes', { serving, total: nodes.length })
  }
  if (keys.length < 2) return null
  const serving = keys.filter(({ state }) => state === 'ready' || state === 'unknown').length
  return t('keys', { serving, total: keys.length })
}
