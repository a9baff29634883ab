'use client'

import { useTranslations } from 'use-intl'
import { FactRows } from '@/components/page/facts.tsx'
import { CodeBlock } from '@/components/ui/code-block.tsx'
import { discoverySnippet } from '@/lib/client/snippets/ways-past-the-gateway.ts'
import { AddressRow } from './address-row.tsx'
import { InvocationTokenRow } from './invocation-token-row.tsx'
import type { WayProps } from './way-props.ts'

/** VPC direct connection: where SDKs ask for instances, in both of their forms. */
export function DiscoveryWay({ workspace, service, side }: WayProps) {
  const t = useTranslations('invocation.direct')
  const [first, second] = side.addresses
  return (
    <>
      <FactRows>
        {first ? <AddressRow label={t('goAndJava')} value={first} /> : null}
        {second ? <AddressRow label={t('python')} value={second} /> : null}
        <InvocationTokenRow workspace={workspace} service={service} />
      </FactRows>
      <CodeBlock name={t('snippet')} language="bash" code={discoverySnippet(first ?? '')} />
      <p className="text-meta text-ink-3">{t('note')}</p>
    </>
  )
}
