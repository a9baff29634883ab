'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { serviceTokenQueries } from '@/lib/client/service-tokens-queries.ts'
import type { SnippetInput } from '@/lib/client/snippets/snippet-input.ts'
import { useMay } from '@/lib/client/use-may.ts'
import { apiTypeFacts } from '@/lib/domain/api-type.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import type { Side } from './invocation-choice.ts'
import type { InvocationProps } from './invocation-props.ts'
import { SetTokenLine } from './set-token-line.tsx'
import { snippetIn, snippetLanguages, useSnippetLanguage } from './snippet-language.ts'
import { SnippetOptions } from './snippet-options.tsx'
import { TestRequestResultView } from './test-request-result.tsx'
import { useRevealToken, useShownToken } from './use-revealed-token.ts'
import { useTestRequest } from './use-test-request.ts'

type InvocationSnippetsProps = InvocationProps & {
  readonly endpoints: ServiceEndpoints
  readonly url: string
  readonly path: string
  readonly net: Side
}

/** The call in four languages, ready to run, and a button that sends it from here. */
export function InvocationSnippets(props: InvocationSnippetsProps) {
  const { workspace, service, endpoints, url, path, net } = props
  const t = useTranslations('invocation')
  const choice = useSnippetLanguage()
  const [wantsStream, setWantsStream] = useState(false)
  const { shown, reveal, active } = useActiveToken(props)
  const test = useTestRequest(workspace, service.id)
  const facts = apiTypeFacts[service.apiType]
  const streaming = facts.streams && wantsStream
  const body = { ...facts.sampleBody(service.model ?? service.name), ...(streaming ? { stream: true } : {}) }
  const input: SnippetInput = { apiType: service.apiType, url, body, streaming, token: shown.token }
  const offered = snippetLanguages.filter((language) => snippetIn(language, input, choice.shell) !== null)
  const language = offered.includes(choice.language) ? choice.language : 'curl'
  const snippet = snippetIn(language, input, choice.shell)
  return (
    <div className="flex flex-col gap-3">
      <SnippetOptions
        streams={facts.streams}
        streaming={streaming}
        onStreamingChange={setWantsStream}
        tokenIncluded={shown.token !== null}
        onTokenIncludedChange={reveal ? (included) => (included ? shown.show() : shown.hide()) : undefined}
        shell={choice.shell}
        onShellChange={choice.setShell}
      />
      {active && shown.token === null ? (
        <SetTokenLine shell={choice.shell} hint={active.hint} reveal={reveal} />
      ) : null}
      {snippet ? (
        <CodeBlock
          code={snippet.code}
          language={snippet.language}
          name={t('snippet.name', { language: t(`snippet.${language}`) })}
          tabs={offered.map((value) => ({ value, label: t(`snippet.${value}`) }))}
          tab={language}
          onTabChange={choice.setLanguage}
          actions={
            <Button
              variant="quiet"
              size="sm"
              loading={test.isPending}
              onClick={() => test.send({ side: net, method: 'POST', path, body: JSON.stringify(body) })}
            >
              {t('test.send')}
            </Button>
          }
        />
      ) : null}
      <TestRequestResultView workspace={workspace} service={service} endpoints={endpoints} test={test} />
    </div>
  )
}

function useActiveToken({ workspace, service }: InvocationProps) {
  const { data } = useQuery(serviceTokenQueries.list(workspace, service.id))
  const revealToken = useRevealToken(workspace, service.id)
  const mayReveal = useMay(workspace, 'inference-services.reveal-token')
  const active = data?.find((token) => token.expiresAt === null)
  const reveal = active && mayReveal ? () => revealToken(active.id) : undefined
  const shown = useShownToken(reveal ?? (() => Promise.reject(new Error('Not permitted.'))))
  return { active, reveal, shown }
}
