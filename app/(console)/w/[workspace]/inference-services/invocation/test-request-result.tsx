'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Button } from '@/components/ui/button.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { type TestRequestHint, testRequestHint } from '@/lib/client/test-request-hint.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import type { TestRequestResult } from '@/lib/domain/test-request.ts'
import { serviceHref } from '../service-href.ts'
import { gatewayAccessHref } from './gateway-access-href.ts'
import type { InvocationProps } from './invocation-props.ts'
import type { TestRequest } from './use-test-request.ts'

type TestRequestResultViewProps = InvocationProps & {
  readonly endpoints: ServiceEndpoints
  readonly test: TestRequest
}

const shownBytes = 2048

/** What came back: status, time, request id, the start of the body, and what would help. */
export function TestRequestResultView({ workspace, service, endpoints, test }: TestRequestResultViewProps) {
  const t = useTranslations('invocation.test')
  const format = useFormat()
  const { data, error, sent } = test
  if (error) return <FailureText error={error} />
  if (!data) return null
  const hint = testRequestHint(data, {
    calledPath: sent?.path ?? endpoints.apiPath,
    usualPath: endpoints.apiPath,
    requestBodyBytesMax: endpoints.requestBodyBytesMax,
    requestTimeoutMs: service.requestTimeoutMs,
  })
  return (
    <section aria-label={t('title')} aria-live="polite" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-control">
        <Outcome result={data} />
        <span className="tnum text-ink-2">{format.duration(data.durationMs)}</span>
        {data.errorSource ? <ErrorSource source={data.errorSource} /> : null}
        {data.requestId ? <RequestId value={data.requestId} /> : null}
        <Button variant="quiet" size="sm" className="ml-auto" onClick={test.reset}>
          {t('hide')}
        </Button>
      </div>
      {hint ? (
        <Hint
          hint={hint}
          instancesHref={serviceHref(workspace, service.id, 'instances')}
          accessHref={gatewayAccessHref(workspace, service.gateway, sent?.side ?? 'internet')}
        />
      ) : null}
      <AnswerBody result={data} />
    </section>
  )
}

function Outcome({ result: { status, failure } }: { readonly result: TestRequestResult }) {
  const t = useTranslations('invocation.test')
  if (status === null)
    return (
      <StatusText tone="bad" detail={failure}>
        {t('noAnswer')}
      </StatusText>
    )
  const tone = status < 400 ? 'ok' : status < 500 ? 'warn' : 'bad'
  return (
    <StatusText tone={tone}>
      <span className="tnum">
        {t('status')} {status}
      </span>
    </StatusText>
  )
}

function ErrorSource({ source }: { readonly source: string }) {
  const t = useTranslations('invocation.test')
  if (source !== 'client' && source !== 'gateway' && source !== 'upstream') return null
  return <span className="text-ink-2">{t(`madeBy.${source}`)}</span>
}

type HintProps = {
  readonly hint: TestRequestHint
  readonly instancesHref: string
  readonly accessHref: string
}

function Hint({ hint, instancesHref, accessHref }: HintProps) {
  const t = useTranslations('invocation.test')
  const format = useFormat()
  const sentence = () => {
    if (hint.kind === 'wrongPath') return t('hint.wrongPath', { path: hint.path })
    if (hint.kind === 'tooLarge') return t('hint.tooLarge', { limit: format.bytes(hint.bytesMax) })
    if (hint.kind === 'timeout') return t('hint.timeout', { timeout: format.duration(hint.timeoutMs) })
    return t(`hint.${hint.kind}`)
  }
  const action = () => {
    if (hint.kind === 'notWhitelisted') return <TextLink href={accessHref}>{t('seeWhitelist')}</TextLink>
    if (hint.kind !== 'noInstance' && hint.kind !== 'badAnswer') return null
    return <TextLink href={instancesHref}>{t('seeInstances')}</TextLink>
  }
  return (
    <Callout tone="warn" action={action()}>
      {sentence()}
    </Callout>
  )
}

function AnswerBody({ result }: { readonly result: TestRequestResult }) {
  const t = useTranslations('invocation.test')
  const format = useFormat()
  if (result.status === null) return null
  if (result.body === '') return <p className="text-control text-ink-3">{t('emptyBody')}</p>
  const json = result.contentType?.includes('json') ?? false
  const name = result.truncated ? t('body', { limit: format.bytes(shownBytes) }) : t('title')
  return (
    <CodeBlock
      name={name}
      code={json ? indented(result.body) : result.body}
      language={json ? 'json' : 'text'}
    />
  )
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
