'use client'

import { useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { Time } from '@/components/ui/time.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'

const tones: Record<Gateway['status']['state'], StatusTone> = {
  creating: 'info',
  running: 'ok',
  degraded: 'warn',
  updating: 'info',
  stopping: 'info',
  stopped: 'idle',
  failed: 'bad',
}

interface GatewayStatusProps {
  readonly status: Gateway['status']
  /** Adds the cause and since when. */
  readonly full?: boolean
}

export function GatewayStatus({ status, full = false }: GatewayStatusProps) {
  const t = useTranslations('gateways')
  const sentence = useSentences()
  const { since, cause } = status
  return (
    <StatusText
      tone={tones[status.state]}
      detail={
        full && (cause !== null || since !== null) ? (
          <>
            {cause === null ? null : sentence(cause)}
            {cause !== null && since !== null ? ' · ' : null}
            {since === null ? null : t.rich('since', { time: () => <Time value={since} /> })}
          </>
        ) : undefined
      }
    >
      {t(`states.${status.state}`)}
    </StatusText>
  )
}
