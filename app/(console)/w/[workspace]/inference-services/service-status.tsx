'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { Time } from '@/components/ui/time.tsx'
import { readyInstances } from '@/lib/client/ready-instances.ts'
import type { InferenceService, ServiceStatus } from '@/lib/domain/inference-service.ts'

const tones: Record<ServiceStatus, StatusTone> = {
  creating: 'info',
  running: 'ok',
  degraded: 'warn',
  updating: 'info',
  stopping: 'info',
  stopped: 'idle',
  failed: 'bad',
}

type ServiceStatusProps = { readonly service: InferenceService }

/** State and, under it, the first line of the cause. For a table's cell. */
export function ServiceStatusCell({ service: { status } }: ServiceStatusProps) {
  const t = useTranslations('inference-services')
  const cause = useCauseText()
  const below = cause(status.cause ?? status.step)
  return (
    <span className="block min-w-0">
      <StatusText tone={tones[status.state]}>{t(`status.${status.state}`)}</StatusText>
      {below ? (
        <span title={below} className="block max-w-[280px] truncate text-meta text-ink-3">
          {below}
        </span>
      ) : null}
    </span>
  )
}

/** State with instances, since when, and the whole cause. For a page's header. */
export function ServiceStatusLine({ service }: ServiceStatusProps) {
  const t = useTranslations('inference-services')
  const cause = useCauseText()
  const { status } = service
  return (
    <span className="block">
      <StatusText
        tone={tones[status.state]}
        detail={
          <>
            {t('ready', { ready: readyInstances(service), total: service.instances.length })}
            {status.step ? ` · ${cause(status.step)}` : null}
            {' · '}
            {t('since')} <Time value={status.since} />
          </>
        }
      >
        {t(`status.${status.state}`)}
      </StatusText>
      {status.cause ? (
        <span className="mt-0.5 block text-control text-ink-2">{cause(status.cause)}</span>
      ) : null}
    </span>
  )
}

/** A cause in the reader's language; `http://10.0.0.5:8000: Connection refused` keeps its address. */
export function useCauseText(): (cause: string | null) => string {
  const sentence = useSentences()
  return (cause) => {
    const [address, reason] = cause?.split(/(?<=^https?:\S+): /) ?? []
    if (cause === null || address === undefined) return ''
    return reason === undefined ? sentence(cause) : `${address}: ${sentence(reason)}`
  }
}
