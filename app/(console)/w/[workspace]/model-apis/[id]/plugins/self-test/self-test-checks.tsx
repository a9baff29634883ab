'use client'

import { useTranslations } from 'use-intl'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { SelfTestOutcome, SelfTestResult, SelfTestSight } from '@/lib/domain/plugin-self-test.ts'

const tones = {
  enforced: 'ok',
  'not-enforced': 'bad',
  unreachable: 'warn',
  'nothing-to-refuse': 'idle',
} as const satisfies Record<SelfTestOutcome, string>

/** What was seen of each rule: the answers in the order of the requests. */
export function SelfTestChecks({ result }: { readonly result: SelfTestResult }) {
  const t = useTranslations('plugins.selfTest')
  if (result.checks.length === 0) return <Outcome outcome={result.outcome} />
  return (
    <ul className="flex flex-col gap-3">
      {result.checks.map(({ rule, outcome, seen }) => (
        <li key={rule ?? 'all'} className="text-control">
          <Outcome outcome={outcome} title={rule === null ? null : t('rule', { number: rule + 1 })} />
          <ul className="mt-1 flex flex-col gap-1 text-meta text-ink-2">
            {seen.map((sight) => (
              <li key={sight.requestId}>
                <Sight sight={sight} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

function Outcome({
  outcome,
  title = null,
}: {
  readonly outcome: SelfTestOutcome
  readonly title?: string | null
}) {
  const t = useTranslations('plugins.selfTest')
  const word = t(`outcomes.${outcome}`)
  return <StatusText tone={tones[outcome]}>{title === null ? word : `${title}: ${word}`}</StatusText>
}

function Sight({
  sight: { url, status, code, requestId, durationMs, failure },
}: {
  readonly sight: SelfTestSight
}) {
  const t = useTranslations('plugins.selfTest')
  const format = useFormat()
  const said = failure ?? (code === null ? t('passed') : t('refused', { code }))
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="tnum">{status ?? format.none}</span>
      <span className="[overflow-wrap:anywhere]">{said}</span>
      <span className="tnum">{format.duration(Math.round(durationMs))}</span>
      <span className="font-mono [overflow-wrap:anywhere]">{url}</span>
      <RequestId value={requestId} />
    </span>
  )
}
