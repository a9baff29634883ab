'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import type { Vpc } from '@/lib/domain/network.ts'

interface VpcFactsProps {
  readonly vpc: Vpc
  readonly refusal: string
}

/** A VPC for those who may only read it. */
export function VpcFacts({ vpc, refusal }: VpcFactsProps) {
  const t = useTranslations('networks')
  return (
    <>
      <Callout tone="info">{refusal}</Callout>
      <FactRows>
        {vpc.cidrs.map((cidr) => (
          <FactRow key={cidr} label={t('columns.block')}>
            <MonoValue value={cidr} name={t('columns.block')} />
          </FactRow>
        ))}
      </FactRows>
    </>
  )
}
