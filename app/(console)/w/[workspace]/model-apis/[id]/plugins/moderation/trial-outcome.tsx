'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { type RuleValues, triedParts } from '@/lib/client/moderation-form.ts'
import type { ModerationTrial } from '@/lib/domain/try-moderation.ts'

interface TrialOutcomeProps {
  readonly text: string
  readonly trial: ModerationTrial
  readonly rules: readonly RuleValues[]
  /** As the rows above count. */
  readonly numberOf: (rule: number) => number
}

/** The text with what rules found in it, and what goes on to the service. */
export function TrialOutcome({ text, trial, rules, numberOf }: TrialOutcomeProps) {
  const t = useTranslations('plugins.moderation')
  const { matches } = trial
  const blocking = trial.text === null ? matches.at(-1) : undefined
  const ruleText = (rule: number) => t('ruleNamed', { number: numberOf(rule), text: rules[rule]?.text ?? '' })
  return (
    <div className="flex flex-col gap-2 pt-1 text-control">
      {blocking ? (
        <StatusText tone="bad">{t('blockedBy', { rule: ruleText(blocking.rule) })}</StatusText>
      ) : matches.length > 0 ? (
        <StatusText tone="warn">{t('masked', { count: matches.length })}</StatusText>
      ) : (
        <StatusText tone="ok">{t('untouched')}</StatusText>
      )}
      {matches.length > 0 ? (
        <p className="whitespace-pre-wrap rounded-box border border-line bg-sunken px-3 py-2 text-body text-ink [overflow-wrap:anywhere]">
          {withPlaces(triedParts(text, matches)).map(({ at, part }) =>
            part.match === null ? (
              <span key={at}>{part.text}</span>
            ) : (
              <mark
                key={at}
                title={ruleText(part.match.rule)}
                className={clsx(
                  'rounded-tag px-0.5 text-ink',
                  part.match.action === 'block'
                    ? 'bg-bad-tint outline outline-bad-line'
                    : 'bg-warn-tint outline outline-warn-line',
                )}
              >
                {part.text}
              </mark>
            ),
          )}
        </p>
      ) : null}
      {trial.text !== null && matches.length > 0 ? (
        <p className="whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">
          {t('becomes')} <span className="font-mono text-code text-ink">{trial.text}</span>
        </p>
      ) : null}
    </div>
  )
}

/** Each part with where it begins, which tells it apart from the others. */
function withPlaces(parts: ReturnType<typeof triedParts>) {
  let at = 0
  return parts.map((part) => {
    const placed = { at, part }
    at += part.text.length
    return placed
  })
}
