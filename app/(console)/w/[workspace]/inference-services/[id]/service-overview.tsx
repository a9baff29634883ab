'use client'

import { useTranslations } from 'use-intl'
import { FactsStrip } from '@/components/page/facts.tsx'
import { Section } from '@/components/page/section.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { Tag } from '@/components/ui/tag.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { InvocationPanel } from '../invocation/invocation-panel.tsx'
import { BasicInformation } from './basic-information.tsx'
import { NetworkInformation } from './network-information.tsx'
import { PolicyInformation } from './policy-information.tsx'

type ServiceOverviewProps = { readonly workspace: string; readonly service: InferenceService }

export function ServiceOverview({ workspace, service }: ServiceOverviewProps) {
  const t = useTranslations('inference-services')
  const invocation = useTranslations('invocation')
  return (
    <>
      <ServiceFacts workspace={workspace} service={service} />
      <Section id="invocation" title={invocation('title')} note={invocation('note')}>
        <InvocationPanel workspace={workspace} service={service} />
      </Section>
      <Section
        title={t('basic.title')}
        note={
          <a className="text-accent-text underline underline-offset-2" href="#invocation">
            {t('basic.viewEndpoint')}
          </a>
        }
      >
        <BasicInformation service={service} />
      </Section>
      <Section title={t('access.title')} note={t('access.note')}>
        <NetworkInformation workspace={workspace} service={service} />
      </Section>
      <Section title={t('policy.title')} note={t('policy.note')}>
        <PolicyInformation workspace={workspace} service={service} />
      </Section>
    </>
  )
}

function ServiceFacts({ workspace, service }: ServiceOverviewProps) {
  const t = useTranslations('inference-services')
  const format = useFormat()
  const { gateway, traffic24h } = service
  return (
    <FactsStrip
      facts={[
        {
          label: t('facts.id'),
          value: <MonoValue value={service.id} name={t('facts.id')} charactersMax={22} />,
        },
        {
          label: t('facts.gateway'),
          value: (
            <span className="inline-flex items-center gap-2">
              <TextLink
                plain
                href={`/w/${encodeURIComponent(workspace)}/gateways/${encodeURIComponent(gateway.id)}`}
              >
                {gateway.name}
              </TextLink>
              {gateway.type === 'shared' ? null : <Tag>{t(`gatewayTypes.${gateway.type}`)}</Tag>}
            </span>
          ),
        },
        { label: t('facts.protocol'), value: t(`facts.protocols.${service.protocol}`) },
        {
          label: t('facts.traffic'),
          value:
            traffic24h.requests === 0 ? (
              <span className="text-ink-3">{t('facts.noTraffic')}</span>
            ) : (
              <span className="tnum">
                {format.number(traffic24h.requests)}
                <span className="text-ink-3">
                  {' · '}
                  {t('facts.success', { rate: format.percent(traffic24h.successRate) })}
                  {traffic24h.rateLimited > 0
                    ? ` · ${t('facts.rateLimited', { count: traffic24h.rateLimited })}`
                    : null}
                </span>
              </span>
            ),
        },
      ]}
    />
  )
}
