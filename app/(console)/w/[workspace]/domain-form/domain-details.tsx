'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { FailureText } from '@/components/feedback/failure-text.tsx'
import { useSentences } from '@/components/form/issue-text.ts'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Button } from '@/components/ui/button.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useOrderCertificate } from '@/lib/client/domains-queries.ts'
import type { Domain } from '@/lib/domain/domain-name.ts'
import { useGatewayName } from '../gateway-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import { DnsCard } from './dns-card.tsx'
import { DomainCertificate, DomainEffect } from './domain-status.tsx'

/** One domain: the record to make for it, and what serves it. */
export function DomainDetails({ domain }: { readonly domain: Domain }) {
  const t = useTranslations('domain-form')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  return (
    <div className="flex flex-col gap-6">
      <div>
        <FactRows>
          <FactRow label={t('effect')}>
            <DomainEffect domain={domain} />
          </FactRow>
          <FactRow label={t('address')}>
            <MonoValue name={t('address')} value={domain.address} />
          </FactRow>
          {domain.unicodeName === domain.name ? null : (
            <FactRow label={t('ascii')}>
              <MonoValue name={t('ascii')} value={domain.name} />
            </FactRow>
          )}
          <FactRow label={t('fields.side')}>{t(`sides.${domain.side}`)}</FactRow>
          <FactRow label={t('fields.certificateId')}>
            <DomainCertificate domain={domain} />
          </FactRow>
          {domain.protocol === 'https' ? (
            <FactRow label={t('fields.forceHttps')}>{domain.forceHttps ? t('yes') : t('no')}</FactRow>
          ) : null}
          <FactRow label={t('fields.gatewayId')}>
            <TextLink plain href={`/w/${workspace}/gateways/${domain.gateway.id}`} translate="no">
              {gatewayName(domain.gateway)}
            </TextLink>
          </FactRow>
        </FactRows>
        <CertificateFailure domain={domain} />
      </div>
      <DnsCard domain={domain} />
    </div>
  )
}

/** Why the automatic certificate did not come, and the way to try again. */
function CertificateFailure({ domain }: { readonly domain: Domain }) {
  const t = useTranslations('domain-form')
  const sentence = useSentences()
  const { workspace } = useWorkspace()
  const order = useOrderCertificate(workspace)
  if (domain.certificateError === null) return null
  return (
    <div className="mt-4">
      <Callout
        tone="bad"
        title={t('orderFailed')}
        action={
          domain.editable ? (
            <Button size="sm" loading={order.isPending} onClick={() => order.mutate(domain)}>
              {t('orderAgain')}
            </Button>
          ) : undefined
        }
      >
        {sentence(domain.certificateError)}
        <FailureText error={order.error} />
      </Callout>
    </div>
  )
}
