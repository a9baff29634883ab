'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { keyVariable } from '@/lib/client/snippets/model-api.ts'
import { type CurlRequest, requestCurl } from '@/lib/client/snippets/request-curl.ts'

const tabs = ['next', 'sent'] as const

interface CurlViewProps {
  /** The next call; null: the API has no address. */
  readonly planned: CurlRequest | null
  /** The latest call as the gateway took it. */
  readonly sent: CurlRequest | null
  /** Only callers with a key are admitted. */
  readonly needsKey: boolean
}

/** The call for a shell: the next one as it stands, or the latest as it was sent. */
export function CurlView({ planned, sent, needsKey }: CurlViewProps) {
  const t = useTranslations('debug.curl')
  const [wanted, setTab] = useState<(typeof tabs)[number]>('next')
  const tab = sent === null ? 'next' : wanted
  const request = tab === 'sent' ? sent : planned
  const choices = sent === null ? {} : { tabs: tabs.map((value) => ({ value, label: t(value) })), tab }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto py-4 max-lg:max-h-[60dvh]">
      {request === null ? (
        <p className="text-control text-ink-2">{t('noAddress')}</p>
      ) : (
        <CodeBlock
          code={requestCurl(request)}
          language="bash"
          name={t('name')}
          {...choices}
          onTabChange={setTab}
        />
      )}
      <p className="mt-2 text-meta text-ink-3">
        {needsKey ? t('keyNote', { variable: keyVariable }) : t('note')}
        {request?.body?.type === 'form' ? ` ${t('filesNote')}` : null}
      </p>
    </div>
  )
}
