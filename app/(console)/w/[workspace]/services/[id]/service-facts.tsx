'use client'

import { useTranslations } from 'use-intl'
import { useSentences } from '@/components/form/issue-text.ts'
import { FactRow, FactRows, FactsStrip } from '@/components/page/facts.tsx'
import { MonoValue } from '@/components/ui/mono-value.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { Time } from '@/components/ui/time.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { serviceConfig } from '@/lib/client/service-form-values.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useFormatNames } from '../../use-format-names.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { SourceCell } from '../source-cell.tsx'
import { DiscoveryRows } from './discovery-rows.tsx'
import { ProviderOptionRows } from './provider-option-rows.tsx'

interface ServiceFactsProps {
  readonly service: UpstreamService
}

export function ServiceFacts({ service }: ServiceFactsProps) {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const formats = useFormatNames()
  const sentence = useSentences()
  const { gateway } = service
  return (
    <FactsStrip
      facts={[
        { label: t('columns.source'), value: <SourceCell service={service} /> },
        {
          label: t('columns.address'),
          value: (
            <MonoValue value={sentence(service.address)} name={t('columns.address')} charactersMax={48} />
          ),
        },
        { label: t('columns.protocol'), value: formats(service.formats) },
        {
          label: t('gateway'),
          value: (
            <TextLink
              plain
              href={`/w/${encodeURIComponent(workspace)}/gateways/${encodeURIComponent(gateway.id)}`}
            >
              {gatewayName(gateway)}
            </TextLink>
          ),
        },
      ]}
    />
  )
}

/** What was written in the form, as facts. */
export function ServiceSettings({ service }: ServiceFactsProps) {
  const t = useTranslations('services.settings')
  const form = useTranslations('services.form')
  const format = useFormat()
  const { tls, healthCheck, balancing, keyFailover, qualifier } = serviceConfig(service)
  const reached = service.provider === null && service.source !== 'function-compute'
  return (
    <FactRows>
      {service.description ? (
        <FactRow label={form('description')}>
          <span className="[overflow-wrap:anywhere]">{service.description}</span>
        </FactRow>
      ) : null}
      <ProviderOptionRows service={service} />
      <DiscoveryRows service={service} />
      {service.source === 'function-compute' ? (
        <FactRow label={form('qualifier')}>
          <span className="font-mono text-code">{qualifier}</span>
        </FactRow>
      ) : null}
      {service.keys.length > 1 ? (
        <FactRow label={form('failover')}>
          {keyFailover
            ? t('failoverOn', {
                failures: keyFailover.failures,
                time: format.duration(keyFailover.retryMs),
              })
            : t('off')}
        </FactRow>
      ) : null}
      {reached ? (
        <>
          <FactRow label={form('tls')}>
            {form(`tlsModes.${tls.mode}`)}
            {tls.serverName ? <span className="font-mono text-code"> · {tls.serverName}</span> : null}
          </FactRow>
          <FactRow label={form('healthCheck')}>
            {healthCheck
              ? form('healthCheckText', {
                  path: healthCheck.path,
                  interval: format.duration(healthCheck.intervalMs),
                })
              : form('healthCheckOff')}
          </FactRow>
          <FactRow label={form('balancing')}>{form(`balancings.${balancing}`)}</FactRow>
        </>
      ) : null}
      <FactRow label={form('timeout')}>{format.duration(service.requestTimeoutMs)}</FactRow>
      <FactRow label={t('id')}>
        <MonoValue value={service.id} name={t('id')} />
      </FactRow>
      <FactRow label={t('created')}>
        <Time value={service.createdAt} />
      </FactRow>
      <FactRow label={t('updated')}>
        <Time value={service.updatedAt} />
      </FactRow>
    </FactRows>
  )
}
