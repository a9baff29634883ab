'use client'

import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { ServiceTestResult } from '@/lib/domain/test-service.ts'

interface TestResultProps {
  readonly result: ServiceTestResult | undefined
  readonly error: unknown
}

/** What came back, in place: status, times, who answered, and of a failure what to do. */
export function TestResult({ result, error }: TestResultProps) {
  const t = useTranslations('services.test')
  const sentence = useSentences()
  const shown = useRef<HTMLElement>(null)
  useEffect(() => {
    if (result) shown.current?.scrollIntoView({ block: 'nearest' })
  }, [result])
  if (error) return <FailureText error={error} />
  return (
    <section ref={shown} aria-label={t('result')} aria-live="polite" className="scroll-mb-[88px]">
      {result ? (
        <div className="flex flex-col gap-3">
          <Outcome result={result} />
          {result.message === null ? null : (
            <Callout tone={result.ok ? 'warn' : 'bad'}>
              <span className="whitespace-pre-line [overflow-wrap:anywhere]">{sentence(result.message)}</span>
            </Callout>
          )}
          <Facts result={result} />
        </div>
      ) : null}
    </section>
  )
}

function Outcome({ result }: { readonly result: ServiceTestResult }) {
  const t = useTranslations('services.test')
  const format = useFormat()
  const { ok, status, durationMs, firstTokenMs, errorSource, requestId } = result
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-control">
      <StatusText tone={ok ? 'ok' : 'bad'}>
        {t(ok ? 'works' : 'fails')}
        {status === null ? null : <span className="tnum">{` · ${status}`}</span>}
      </StatusText>
      <span className="tnum text-ink-2">{format.duration(Math.round(durationMs))}</span>
      {firstTokenMs === null ? null : (
        <span className="tnum text-ink-2">
          {t('firstToken', { time: format.duration(Math.round(firstTokenMs)) })}
        </span>
      )}
      {errorSource === null ? null : <span className="text-ink-2">{t(`madeBy.${errorSource}`)}</span>}
      <RequestId value={requestId} />
    </div>
  )
}

function Facts({ result }: { readonly result: ServiceTestResult }) {
  const t = useTranslations('services.test')
  const format = useFormat()
  const { modelAsked, modelAnswered, usage, url, text } = result
  const hasModel = modelAnswered !== null || modelAsked !== null
  if (url === null && !hasModel && usage === null && text === '') return null
  const tokens = (count: number | null) => (count === null ? format.none : format.number(count))
  return (
    <div className="border-t border-line">
      <FactRows>
        {url === null ? null : (
          <FactRow label={t('url')}>
            <span className="font-mono text-code [overflow-wrap:anywhere]">{url}</span>
          </FactRow>
        )}
        {hasModel ? (
          <FactRow label={t('modelAnswered')}>
            <span translate="no" className="font-mono text-code [overflow-wrap:anywhere]">
              {modelAnswered ?? format.none}
            </span>
            {modelAnswered !== null && modelAsked !== null && modelAnswered !== modelAsked ? (
              <span className="text-ink-3"> {t('modelAsked', { model: modelAsked })}</span>
            ) : null}
          </FactRow>
        ) : null}
        {usage === null ? null : (
          <FactRow label={t('tokens')}>
            <span className="tnum">
              {t('tokensText', { input: tokens(usage.input), output: tokens(usage.output) })}
            </span>
          </FactRow>
        )}
        {text === '' ? null : (
          <FactRow label={t('answer')}>
            <span className="block max-h-[160px] overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
              {text}
            </span>
          </FactRow>
        )}
      </FactRows>
    </div>
  )
}
