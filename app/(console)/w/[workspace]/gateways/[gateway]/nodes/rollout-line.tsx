'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import type { Rollout } from '@/lib/domain/gateway.ts'

/** How far the newest revision has come. Lost nodes count no more. */
export function RolloutLine({ rollout }: { readonly rollout: Rollout }) {
  const t = useTranslations('gateways.nodes')
  const { revision, refusedByCheck } = rollout
  if (refusedByCheck !== null) {
    return (
      <div className="mt-3">
        <Callout tone="bad" title={t('snapshotRefused', { revision })}>
          {refusedByCheck}
        </Callout>
      </div>
    )
  }
  const living = rollout.nodes.filter((node) => node.state !== 'lost')
  if (living.length === 0) return null
  const applied = living.filter((node) => node.state === 'applied').length
  const refused = living.some((node) => node.state === 'refused')
  const all = applied === living.length
  return (
    <p className="text-control" aria-live="polite">
      <StatusText tone={all ? 'ok' : refused ? 'bad' : 'info'}>
        {all
          ? t('rolledOut', { count: living.length, revision })
          : t('rollingOut', { applied, total: living.length, revision })}
      </StatusText>
    </p>
  )
}
