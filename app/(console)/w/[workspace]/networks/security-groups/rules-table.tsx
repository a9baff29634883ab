'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import type { SecurityGroup } from '@/lib/domain/network.ts'
import { DefaultRule } from './default-rule.tsx'
import { directions, writePorts } from './rule-values.ts'

interface RulesTableProps {
  readonly group: SecurityGroup
  readonly refusal: string
}

/** The rules for those who may only read them. */
export function RulesTable({ group, refusal }: RulesTableProps) {
  const t = useTranslations('networks.group')
  return (
    <>
      <Callout tone="info">{refusal}</Callout>
      {directions.map((direction) => (
        <section key={direction} className="mt-5">
          <h3 className="mb-1 text-control font-medium">{t(`directions.${direction}`)}</h3>
          <ol className="border-t border-line">
            {group.rules
              .filter((rule) => rule.direction === direction)
              .map((rule, index) => (
                // Rules have no identity but their place.
                <li
                  key={String(index)}
                  className="flex flex-wrap gap-x-4 border-b border-line py-2 text-control"
                >
                  <span className="w-[72px]">{t(`actions.${rule.action}`)}</span>
                  <span className="w-[120px] font-mono">{writePorts(rule) || t('allPorts')}</span>
                  <span className="font-mono">{rule.cidr}</span>
                </li>
              ))}
            <DefaultRule direction={direction} />
          </ol>
        </section>
      ))}
    </>
  )
}
