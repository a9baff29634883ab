'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { localIntents } from '@/lib/domain/model-routing.ts'
import type { RequestDetail } from '@/lib/domain/request-record.ts'
import { RecordedContent } from './recorded-content.tsx'
import { RequestAttempts } from './request-attempts.tsx'
import { RequestStatus } from './request-status.tsx'

/** Who asked what, where it went and why, what came of it, and what was said. */
export function RequestDetails({ request }: { readonly request: RequestDetail }) {
  const t = useTranslations('requests')
  return (
    <>
      <Outcome request={request} />
      <Part title={t('attempts.title')}>
        <RequestAttempts request={request} />
      </Part>
      <Part title={t('caller')}>
        <Caller request={request} />
      </Part>
      <Part title={t('content.request')}>
        <RecordedContent body={request.request} kind="request" />
      </Part>
      <Part title={t('content.response')}>
        <RecordedContent body={request.response} kind="response" />
      </Part>
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="mt-6">
      <h3 className="mb-2 text-control font-semibold">{title}</h3>
      {children}
    </section>
  )
}

function Outcome({ request }: { readonly request: RequestDetail }) {
  const t = useTranslations('requests')
  const format = useFormat()
  const { errorCode, tokens, dropped, finishReason, firstTokenMs } = request
  return (
    <FactRows>
      <FactRow label={t('columns.status')}>
        <RequestStatus {...request} />
        {errorCode === null ? null : <span className="ml-2 font-mono text-meta text-ink-2">{errorCode}</span>}
      </FactRow>
      <FactRow label={t('columns.time')}>
        <Time value={request.at} style="absolute" />
      </FactRow>
      <FactRow label={t('columns.duration')}>
        {format.duration(request.durationMs)}
        {firstTokenMs === null ? null : (
          <span className="text-ink-3">
            {' '}
            · {t('firstTokenAfter', { duration: format.duration(firstTokenMs) })}
          </span>
        )}
      </FactRow>
      <FactRow label={t('columns.model')}>
        <span className="font-mono text-control [overflow-wrap:anywhere]" translate="no">
          {request.modelAsked ?? format.none}
        </span>
      </FactRow>
      <FactRow label={t('answeredAs')}>
        <span className="font-mono text-control [overflow-wrap:anywhere]" translate="no">
          {request.modelAnswered ?? format.none}
        </span>
      </FactRow>
      <FactRow label={t('columns.tokens')}>
        {t('inOut', { input: format.number(tokens.input), output: format.number(tokens.output) })}
        {tokens.cached === null ? null : ` · ${t('cached', { count: tokens.cached })}`}
        {tokens.reasoning === null ? null : ` · ${t('reasoning', { count: tokens.reasoning })}`}
      </FactRow>
      {finishReason === null ? null : (
        <FactRow label={t('finish')}>
          <span className="font-mono text-control">{finishReason}</span>
        </FactRow>
      )}
      {dropped.length === 0 ? null : (
        <FactRow label={t('dropped')}>
          <span className="font-mono text-control [overflow-wrap:anywhere]">{dropped.join(', ')}</span>
        </FactRow>
      )}
      <FactRow label={t('columns.id')}>
        <RequestId value={request.requestId} />
      </FactRow>
    </FactRows>
  )
}

function Caller({ request }: { readonly request: RequestDetail }) {
  const t = useTranslations('requests')
  const format = useFormat()
  const names = useTranslations('model-apis.intents')
  const { consumer, promptCharacters, intent } = request
  const intentName = (label: string) => {
    const local = localIntents.find((known) => known === label)
    return local === undefined ? label : names(local)
  }
  return (
    <FactRows>
      <FactRow label={t('asked')}>
        <span className="font-mono text-control [overflow-wrap:anywhere]">
          {request.method} {request.path}
        </span>
      </FactRow>
      <FactRow label={t('filters.consumer')}>
        <span translate="no">{consumer?.name ?? format.none}</span>
      </FactRow>
      <FactRow label={t('from')}>
        <span className="font-mono text-control">{request.clientAddress ?? format.none}</span>{' '}
        <span className="text-ink-3">· {t(`sides.${request.side}`)}</span>
      </FactRow>
      <FactRow label={t('size')}>
        {t('bytes', { sent: format.bytes(request.bytesIn), got: format.bytes(request.bytesOut) })}
        {promptCharacters === null ? null : ` · ${t('prompt', { count: promptCharacters })}`}
      </FactRow>
      {intent === null ? null : (
        <FactRow label={t('intent')}>
          {intent.label === null ? t('whatIf.unclear') : intentName(intent.label)}
        </FactRow>
      )}
      <FactRow label={t('node')}>
        {request.isDebug ? (
          t('byDebug')
        ) : (
          <span className="font-mono text-meta text-ink-2">{request.nodeId}</span>
        )}
      </FactRow>
    </FactRows>
  )
}
