'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { networkQueries } from '@/lib/client/networks-queries.ts'

/** VPC, vSwitch and security group of the service. */
export function PlaceFields({ workspace }: { readonly workspace: string }) {
  const t = useTranslations('inference-services.form')
  const { setValue } = useFormContext<InferenceServiceFormInput>()
  const [gatewayId, vpcId] = useWatch<InferenceServiceFormInput, readonly ['gatewayId', 'vpcId']>({
    name: ['gatewayId', 'vpcId'],
  })
  const { data: gateways } = useQuery(gatewayQueries.list(workspace))
  const { data: vpcs } = useQuery(networkQueries.vpcs(workspace))
  const { data: vswitches } = useQuery({
    ...networkQueries.vswitches(workspace, vpcId),
    enabled: vpcId !== '',
  })
  const { data: groups } = useQuery(networkQueries.securityGroups(workspace))
  const gateway = gateways?.items.find(({ id }) => id === gatewayId)
  const locked = gateway?.network ?? null
  const none = { value: '', label: t('noneChosen') }
  const networksHref = `/w/${encodeURIComponent(workspace)}/networks`
  return (
    <>
      <SelectField<InferenceServiceFormInput>
        name="vpcId"
        label={t('vpc')}
        optional={locked === null}
        disabled={locked !== null}
        items={[
          none,
          ...(vpcs ?? []).map(({ id, name, cidrs }) => ({
            value: id,
            label: name,
            description: <span className="font-mono">{cidrs.join(', ')}</span>,
          })),
        ]}
        onChanged={() => setValue('vswitchId', '', { shouldDirty: true })}
        help={
          locked
            ? t('vpcLocked', { gateway: gateway?.name ?? '', vpc: locked.name })
            : vpcs?.length === 0
              ? t.rich('noVpcs', { link: (text) => <TextLink href={networksHref}>{text}</TextLink> })
              : t('vpcHelp')
        }
      />
      {vpcId === '' ? null : (
        <SelectField<InferenceServiceFormInput>
          name="vswitchId"
          label={t('vswitch')}
          optional
          items={[
            none,
            ...(vswitches ?? []).map(({ id, name, zone, cidr }) => ({
              value: id,
              label: name,
              description: (
                <span className="font-mono">
                  {zone} · {cidr}
                </span>
              ),
            })),
          ]}
        />
      )}
      <SelectField<InferenceServiceFormInput>
        name="securityGroupId"
        label={t('securityGroup')}
        optional
        items={[
          none,
          ...(groups ?? []).map(({ id, name, rules }) => ({
            value: id,
            label: name,
            description: t('rules', { count: rules.length }),
          })),
        ]}
        help={t('securityGroupHelp')}
      />
    </>
  )
}
