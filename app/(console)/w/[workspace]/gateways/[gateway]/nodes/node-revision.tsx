'use client'

import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import type { GatewayNode } from '@/lib/domain/gateway.ts'

interface NodeRevisionProps {
  readonly node: GatewayNode
  readonly newest: number
}

/** Which revision a node serves against the newest one, and why it would not take one. */
export function NodeRevision({ node, newest }: NodeRevisionProps) {
  const t = useTranslations('gateways.nodes')
  const { revision, refused } = node
  const current = revision === newest
  return (
    <>
      <span className="tnum block">
        {revision ?? t('noRevision')}{' '}
        <span className="text-ink-3">· {current ? t('newest') : t('behind', { revision: newest })}</span>
      </span>
      {refused === null || current ? null : (
        <StatusText tone="bad" className="text-meta">
          <span className="[overflow-wrap:anywhere]">
            {t('refused', { revision: refused.revision, reason: refused.reason })}
          </span>
        </StatusText>
      )}
    </>
  )
}
