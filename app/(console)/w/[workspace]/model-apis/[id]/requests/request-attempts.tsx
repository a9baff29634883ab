'use client'

import { useTranslations } from 'use-intl'
import { OperationRail, type OperationStep } from '@/components/page/operation-rail.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { RecordedAttempt, RequestDetail } from '@/lib/domain/request-record.ts'
import { useReasonText } from '../../debug-panel/use-reason-text.ts'

/** Why the first service was chosen, and what each one said that was asked. */
export function RequestAttempts({ request: { attempts, routed } }: { readonly request: RequestDetail }) {
  const t = useTranslations('requests.attempts')
  const attemptText = useAttemptText()
  const why = useReasonText()(routed)
  if (attempts.length === 0) return <p className="text-control text-ink-2">{t('none')}</p>
  return (
    <>
      {why === null ? null : <p className="mb-3 text-control text-ink-2">{t('why', { reason: why })}</p>}
      <OperationRail
        label={t('title')}
        direction="vertical"
        steps={attempts.map(
          (attempt): OperationStep => ({
            name: <span translate="no">{nameOf(attempt)}</span>,
            state: attempt.reason === null ? 'done' : 'failed',
            detail: attemptText(attempt),
          }),
        )}
      />
    </>
  )
}

function nameOf({ service, model }: RecordedAttempt): string {
  return model === null ? service : `${service} · ${model}`
}

/** `502 in 340 ms`, and why. */
function useAttemptText(): (attempt: RecordedAttempt) => string {
  const t = useTranslations('requests.attempts')
  const format = useFormat()
  return ({ status, reason, durationMs }) => {
    const duration = format.duration(durationMs)
    const outcome = status === null ? t('unanswered', { duration }) : t('answered', { status, duration })
    // Of an answer its status says it all.
    if (reason === null || reason.startsWith('answered ')) return outcome
    const known = `reasons.${reason}` as 'reasons.upstream_unreachable'
    return `${outcome} · ${t.has(known) ? t(known) : reason}`
  }
}
