'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FactRows } from '@/components/page/facts.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { listenerSnippet, probeSnippet } from '@/lib/client/snippets/ways-past-the-gateway.ts'
import { apiTypeFacts } from '@/lib/domain/api-type.ts'
import { AddressRow } from './address-row.tsx'
import type { WayProps } from './way-props.ts'

const kinds = ['call', 'probe'] as const

/** NLB: the listeners of this side, and a call that goes through the first of them. */
export function ListenerWay({ service, endpoints, side }: WayProps) {
  const t = useTranslations('invocation.nlb')
  const [kind, setKind] = useState<(typeof kinds)[number]>('call')
  const address = side.addresses[0]
  const instance = service.instances.find(({ weight }) => weight > 0)
  const body = apiTypeFacts[service.apiType].sampleBody(service.model ?? service.name)
  const call =
    address && instance
      ? listenerSnippet(address, instance.url, endpoints.apiPath, { apiType: service.apiType, body })
      : null
  return (
    <>
      <FactRows>
        {side.addresses.map((listener) => (
          <AddressRow key={listener} label={t('listener')} value={listener} />
        ))}
      </FactRows>
      {address ? (
        <CodeBlock
          name={t('snippet')}
          language="bash"
          code={kind === 'call' && call !== null ? call : probeSnippet(address)}
          tabs={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          tab={kind}
          onTabChange={setKind}
        />
      ) : null}
      <p className="text-meta text-ink-3">{t('note')}</p>
    </>
  )
}
