'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { RadioCards } from '@/components/ui/radio-cards.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { useGatewayItems } from '../use-gateway-items.ts'

type GatewayFieldsProps = {
  readonly workspace: string
  /** The gateway that the service is bound to now: it stays a choice, whatever became of it. */
  readonly boundTo: string | undefined
}

/** The shared gateway, or one of the workspace's own. */
export function GatewayFields({ workspace, boundTo }: GatewayFieldsProps) {
  const t = useTranslations('inference-services.form')
  const { data } = useQuery(gatewayQueries.list(workspace))
  const { setValue } = useFormContext<InferenceServiceFormInput>()
  const gatewayId = useWatch<InferenceServiceFormInput, 'gatewayId'>({ name: 'gatewayId' })
  const dedicated = (data?.items ?? []).filter(({ type }) => type !== 'shared')
  const items = useGatewayItems(dedicated, boundTo)
  const gateway = data?.items.find(({ id }) => id === gatewayId)
  useNetworkOf(gateway)
  const kind = gatewayId === sharedGatewayId ? 'shared' : 'dedicated'
  const choose = (next: string) => {
    const usable = items.find(({ disabledReason }) => disabledReason === undefined)?.value ?? ''
    const id = next === 'shared' ? sharedGatewayId : usable
    setValue('gatewayId', id, { shouldDirty: true, shouldValidate: id !== '' })
  }
  return (
    <>
      <FieldFrame id="invocation-through" label={t('through')} as="group" className="max-w-none">
        <RadioCards
          aria-labelledby="invocation-through-label"
          value={kind}
          onValueChange={choose}
          items={[
            { value: 'shared', title: t('throughShared'), description: t('throughSharedText') },
            {
              value: 'dedicated',
              title: t('throughDedicated'),
              description: t('throughDedicatedText'),
              ...(data && dedicated.length === 0 ? { disabledReason: t('noDedicated') } : {}),
            },
          ]}
        />
      </FieldFrame>
      {kind === 'dedicated' ? (
        <SelectField<InferenceServiceFormInput>
          name="gatewayId"
          label={t('dedicatedGateway')}
          searchable
          items={items}
          help={<GatewayHelp gateway={gateway} />}
        />
      ) : (
        <p className="-mt-3 text-meta text-ink-3">
          <GatewayHelp gateway={gateway} />
        </p>
      )}
    </>
  )
}

function GatewayHelp({ gateway }: { readonly gateway: Gateway | undefined }) {
  const t = useTranslations('inference-services.form')
  const format = useFormat()
  if (!gateway) return t('chooseGateway')
  const sides = { internet: String(gateway.internet.enabled), vpc: String(gateway.vpc.enabled) }
  return t('gatewayHelp', { ...sides, limit: format.bytes(gateway.limits.requestBodyBytesMax) })
}

/** A service on an ALB gateway is in the gateway's VPC. */
function useNetworkOf(gateway: Gateway | undefined) {
  const { getValues, setValue } = useFormContext<InferenceServiceFormInput>()
  const network = gateway?.network?.id
  useEffect(() => {
    if (network === undefined || getValues('vpcId') === network) return
    setValue('vpcId', network, { shouldDirty: true, shouldValidate: true })
    setValue('vswitchId', '', { shouldDirty: true })
  }, [network, getValues, setValue])
}
