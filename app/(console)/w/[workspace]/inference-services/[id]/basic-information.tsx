'use client'

import { useTranslations } from 'use-intl'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Tag } from '@/components/ui/tag.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'

export function BasicInformation({ service }: { readonly service: InferenceService }) {
  const t = useTranslations('inference-services')
  const format = useFormat()
  const balancing = useBalancingText(service)
  return (
    <FactRows>
      {service.description ? <FactRow label={t('basic.description')}>{service.description}</FactRow> : null}
      <FactRow label={t('basic.apiType')}>{t(`apiTypes.${service.apiType}`)}</FactRow>
      <FactRow label={t('basic.model')}>
        <span translate="no">{service.model ?? t('none')}</span>
      </FactRow>
      <FactRow label={t('basic.balancing')}>{balancing}</FactRow>
      <FactRow label={t('basic.timeout')}>{format.duration(service.requestTimeoutMs)}</FactRow>
      <FactRow label={t('basic.credential')}>
        {t(service.hasUpstreamCredential ? 'basic.credentialSet' : 'basic.credentialNone')}
      </FactRow>
      <FactRow label={t('basic.forward')}>
        {t(service.forwardAuthorization ? 'basic.forwarded' : 'basic.removed')}
      </FactRow>
      <Labels labels={service.labels} />
      <FactRow label={t('basic.created')}>
        <Time value={service.createdAt} /> {t('basic.createdBy', { name: service.createdBy })}
      </FactRow>
      <FactRow label={t('basic.updated')}>
        <Time value={service.updatedAt} />
      </FactRow>
    </FactRows>
  )
}

function useBalancingText({ balancing, hashHeader }: InferenceService): string {
  const t = useTranslations('inference-services')
  if (balancing !== 'hash') return t(`balancings.${balancing}`)
  return hashHeader ? t('hashOfHeader', { header: hashHeader }) : t('hashOfAddress')
}

function Labels({ labels }: Pick<InferenceService, 'labels'>) {
  const t = useTranslations('inference-services.basic')
  const entries = Object.entries(labels)
  if (entries.length === 0) return null
  return (
    <FactRow label={t('labels')}>
      <span translate="no" className="flex flex-wrap gap-1.5">
        {entries.map(([name, value]) => (
          <Tag mono key={name}>
            {name}={value}
          </Tag>
        ))}
      </span>
    </FactRow>
  )
}
