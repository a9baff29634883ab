'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { type ModelApiFormValues, onGateway } from '@/lib/client/model-api-form-values.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { type ModelApiRoute, protocolsOf, routesOf } from '@/lib/domain/model-api-routes.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { protocolName } from '../protocol-name.ts'

/** Name, gateway and protocol; all three stay once the API exists. */
export function BasicFields({ api }: { readonly api: ModelApi | null }) {
  const t = useTranslations('model-apis.form')
  const caseNames = useTranslations('model-apis.useCases')
  const gatewayName = useGatewayName()
  return (
    <FormSection title={t('basic')} note={t(api ? 'basicStays' : 'basicNote')}>
      {api ? (
        <p className="text-body text-ink-2">
          {caseNames(api.useCase)} · {protocolName(api.protocol)} · {gatewayName(api.gateway)}
        </p>
      ) : (
        <>
          <TextField<ModelApiFormValues>
            name="name"
            label={t('name')}
            help={t('nameHelp')}
            charactersMax={64}
            mono
          />
          <GatewayField />
          <ProtocolField />
        </>
      )}
    </FormSection>
  )
}

function ProtocolField() {
  const t = useTranslations('model-apis.form')
  const useCase = useWatch<ModelApiFormValues, 'useCase'>({ name: 'useCase' })
  return (
    <RadioCardsField<ModelApiFormValues>
      name="protocol"
      label={t('protocol')}
      items={protocolsOf(useCase).map((value) => ({
        value,
        title: protocolName(value),
        description: <Routes routes={routesOf(useCase, value)} />,
      }))}
    />
  )
}

function Routes({ routes }: { readonly routes: readonly ModelApiRoute[] }) {
  return (
    <span className="mt-0.5 block font-mono">
      {routes.map(({ name, methods, path }) => (
        <span key={name} className="block [overflow-wrap:anywhere]">
          {methods.length === 1 ? `${methods[0]} ` : null}
          {path}
        </span>
      ))}
    </span>
  )
}

function GatewayField() {
  const t = useTranslations('model-apis.form')
  const types = useTranslations('gateways.types')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const gateways = useQuery(gatewayQueries.list(workspace)).data?.items ?? []
  const { reset, getValues } = useFormContext<ModelApiFormValues>()
  return (
    <SelectField<ModelApiFormValues>
      name="gatewayId"
      label={t('gateway')}
      help={t('gatewayHelp')}
      items={gateways.map((gateway) => ({
        value: gateway.id,
        label: gatewayName(gateway),
        description: types(gateway.type),
      }))}
      onChanged={(gatewayId) => {
        if (gatewayId !== null) reset(onGateway(getValues(), gatewayId), { keepDefaultValues: true })
      }}
    />
  )
}
