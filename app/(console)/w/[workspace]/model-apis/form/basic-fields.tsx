'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { Button } from '@/components/ui/button.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { onGateway } from '@/lib/client/on-gateway.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { protocolsOf, routesOf } from '@/lib/domain/model-api-routes.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { protocolName } from '../protocol-name.ts'
import { TakenNote } from './taken-note.tsx'
import { useTakenPlaces } from './use-taken-places.ts'

/** Name, gateway and protocol; the last two stay once the API exists. */
export function BasicFields({ api }: { readonly api: ModelApi | null }) {
  const t = useTranslations('model-apis.form')
  const caseNames = useTranslations('model-apis.useCases')
  const gatewayName = useGatewayName()
  return (
    <FormSection title={t('basic')} note={t(api ? 'basicStays' : 'basicNote')}>
      <NameField api={api} />
      {api ? (
        <p className="text-body text-ink-2">
          {caseNames(api.useCase)} · {protocolName(api.protocol)} · {gatewayName(api.gateway)}
        </p>
      ) : (
        <>
          <GatewayField />
          <ProtocolField />
        </>
      )}
    </FormSection>
  )
}

function NameField({ api }: { readonly api: ModelApi | null }) {
  const t = useTranslations('model-apis.form')
  const { setValue } = useFormContext<ModelApiFormValues>()
  const { nameOwner, freeName } = useTakenPlaces(api)
  return (
    <>
      <TextField<ModelApiFormValues>
        name="name"
        label={t('name')}
        help={t(api ? 'nameEditHelp' : 'nameHelp')}
        charactersMax={64}
        mono
      />
      {nameOwner ? (
        <TakenNote
          message="nameTaken"
          owner={nameOwner}
          repair={
            <Button
              size="sm"
              onClick={() => setValue('name', freeName, { shouldDirty: true, shouldValidate: true })}
            >
              {t('useName', { name: freeName })}
            </Button>
          }
        />
      ) : null}
    </>
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
        description: t('routeCount', { count: routesOf(useCase, value).length }),
      }))}
    />
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
