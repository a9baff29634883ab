'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import type { ServiceSource, UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'

interface BasicFieldsProps {
  /** Name, gateway and source of a service stay. */
  readonly service: UpstreamService | null
  readonly source: ServiceSource
}

export function BasicFields({ service, source }: BasicFieldsProps) {
  const t = useTranslations('services.form')
  const sources = useTranslations('services.sources')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const types = useTranslations('gateways.types')
  const gateways = useQuery(gatewayQueries.list(workspace)).data?.items ?? []
  return (
    <FormSection title={t('basic')} note={service ? t('basicStays') : t('basicNote')}>
      {service ? (
        <p className="text-body text-ink-2">
          {sources(source)} · {gatewayName(service.gateway)}
        </p>
      ) : (
        <>
          <TextField<ServiceFormValues> name="name" label={t('name')} help={t('nameHelp')} mono />
          <SelectField<ServiceFormValues>
            name="gatewayId"
            label={t('gateway')}
            items={gateways.map((gateway) => ({
              value: gateway.id,
              label: gatewayName(gateway),
              description: types(gateway.type),
            }))}
          />
        </>
      )}
      <TextField<ServiceFormValues> name="description" label={t('description')} optional />
    </FormSection>
  )
}
