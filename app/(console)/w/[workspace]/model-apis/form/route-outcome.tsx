'use client'

import { useTranslations } from 'use-intl'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import type { RouteTestResult, TestedReason } from '@/lib/domain/test-route.ts'
import { useIntentTitles } from './use-intent-titles.ts'

/** Which target takes a sample request, why, and what is hardly meant in the routing. */
export function RouteOutcome({ result }: { readonly result: RouteTestResult }) {
  const t = useTranslations('model-apis.outcome')
  const sentence = useSentences()
  const reasonText = useReasonText()
  const { targets, reason, warnings } = result
  return (
    <div className="flex flex-col gap-1.5 text-control text-ink">
      {targets.length === 0 ? (
        <StatusText tone="bad">{t('refused')}</StatusText>
      ) : (
        <ul className="flex flex-col gap-0.5">
          {targets.map(({ path, service, model, share }) => (
            <li key={path} className="[overflow-wrap:anywhere]">
              {share === null ? null : <span className="tnum text-ink-2">{share} % </span>}
              <span aria-hidden="true">→ </span>
              <strong className="font-medium" translate="no">
                {service.name}
              </strong>
              <span className="text-ink-2">
                {' · '}
                {model === null ? t('noModel') : <span className="font-mono">{model}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-ink-2">{reasonText(reason)}</p>
      {reason.mode === 'intent' && reason.reasons.length > 0 ? (
        <p className="text-meta text-ink-3">
          {t('signs')}{' '}
          {reason.reasons
            .filter(({ contribution }) => contribution > 0)
            .slice(0, 4)
            .map(({ label }) => label)
            .join(' · ')}
        </p>
      ) : null}
      {warnings.map(({ path, code, message }) => (
        <StatusText key={`${path} ${code}`} tone="warn" className="text-meta">
          {sentence(message)}
        </StatusText>
      ))}
    </div>
  )
}

function useReasonText(): (reason: TestedReason) => string {
  const t = useTranslations('model-apis.outcome')
  const objectives = useTranslations('model-apis.objectives')
  const titleOf = useIntentTitles()
  return (reason) => {
    switch (reason.mode) {
      case 'single':
        return t('single')
      case 'model-name':
        if (reason.rule !== null) return t('rule', { number: reason.rule + 1, pattern: reason.pattern ?? '' })
        return t('noRule')
      case 'weight':
        return t('weight')
      case 'metrics':
        return t('metrics', { objective: objectives(reason.objective) })
      case 'intent': {
        if (reason.problem !== null) return t(`problems.${reason.problem}`)
        if (reason.intent === null) {
          return reason.likeliest === null
            ? t('unread')
            : t('unsure', { intent: titleOf(reason.likeliest), percent: percentOf(reason.confidence) })
        }
        const told = { intent: titleOf(reason.intent) }
        if (reason.isDefault) return t('intentDefault', told)
        if (reason.confidence === null) return t('intentByModel', told)
        return t('intent', { ...told, percent: percentOf(reason.confidence) })
      }
    }
  }
}

function percentOf(confidence: number | null): number {
  return Math.round((confidence ?? 0) * 100)
}
