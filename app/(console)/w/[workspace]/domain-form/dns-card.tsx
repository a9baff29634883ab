'use client'

import { useTranslations } from 'use-intl'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Button } from '@/components/ui/button.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useCheckDns } from '@/lib/client/domains-queries.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import { DomainDns } from './domain-status.tsx'

/** The record that leads callers here, ready to be copied, and whether it is there. */
export function DnsCard({ domain }: { readonly domain: Domain }) {
  const t = useTranslations('domain-form')
  const { workspace } = useWorkspace()
  const check = useCheckDns(workspace)
  const { checkedAt } = domain.dns
  return (
    <section aria-label={t('record')}>
      <h3 className="text-h2 text-ink">{t('record')}</h3>
      <p className="mt-1 mb-2 text-control text-ink-3">
        {domain.cname === null ? t('recordNoName', { address: domain.address }) : t('recordNote')}
      </p>
      <FactRows>
        <FactRow label={t('recordType')}>
          <MonoValue name={t('recordType')} value={domain.cname === null ? 'A' : 'CNAME'} />
        </FactRow>
        <FactRow label={t('recordHost')}>
          <MonoValue name={t('recordHost')} value={domain.name} />
        </FactRow>
        <FactRow label={t('recordValue')}>
          {domain.cname === null ? (
            t('recordValueHost')
          ) : (
            <MonoValue name={t('recordValue')} value={domain.cname} />
          )}
        </FactRow>
        <FactRow
          label={t('lookup')}
          actions={
            <Button size="sm" loading={check.isPending} onClick={() => check.mutate(domain)}>
              {t('checkDns')}
            </Button>
          }
        >
          <DomainDns dns={domain.dns} />
          {checkedAt === null ? null : (
            <span className="block text-meta text-ink-3">
              {t.rich('checked', { time: () => <Time value={checkedAt} /> })}
            </span>
          )}
        </FactRow>
      </FactRows>
      <FailureText error={check.error} />
    </section>
  )
}
