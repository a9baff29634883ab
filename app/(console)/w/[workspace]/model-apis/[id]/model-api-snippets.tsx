'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { firstRouteCurl } from '@/lib/client/first-route-curl.ts'
import { sampleCall } from '@/lib/client/model-api-call.ts'
import {
  type ModelApiLanguage,
  modelApiCurl,
  modelApiLanguages,
  modelApiSdk,
} from '@/lib/client/snippets/model-api.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

interface ModelApiSnippetsProps {
  readonly api: ModelApi
  readonly services: readonly UpstreamService[]
}

/** A call of this API as it stands, for the shell and for the protocol's own SDK. */
export function ModelApiSnippets({ api, services }: ModelApiSnippetsProps) {
  const t = useTranslations('model-apis')
  const [language, setLanguage] = useState<ModelApiLanguage>('curl')
  const call = sampleCall(api, services)
  if (call === null) {
    const curl = firstRouteCurl(api, services)
    return curl === null ? null : <CodeBlock code={curl} language="bash" name={t('curl')} />
  }
  const names = { curl: t('curl'), sdk: t('sdk', { protocol: sdkNames[call.apiType] ?? 'OpenAI' }) }
  return (
    <CodeBlock
      code={language === 'curl' ? modelApiCurl(call) : modelApiSdk(call)}
      language={language === 'curl' ? 'bash' : 'python'}
      name={names[language]}
      tabs={modelApiLanguages.map((value) => ({ value, label: names[value] }))}
      tab={language}
      onTabChange={setLanguage}
    />
  )
}

const sdkNames: Readonly<Record<string, string>> = { 'anthropic-messages': 'Anthropic' }
