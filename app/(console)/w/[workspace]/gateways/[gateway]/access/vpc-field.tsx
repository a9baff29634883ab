'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextLink } from '@/components/ui/text-link.tsx'
import { networkQueries } from '@/lib/client/networks-queries.ts'
import { firstVSwitches, zonesOf } from '@/lib/client/vswitch-choice.ts'
import { useWorkspace } from '../../../use-workspace.ts'

export interface VpcChoice {
  readonly vpcId: string
  readonly vswitchIds: string[]
}

interface VpcFieldProps {
  readonly label: string
  /** VPCs that the gateway has already. */
  readonly taken: ReadonlySet<string>
}

/** A VPC of this workspace; choosing one also chooses a vSwitch in each of its first two zones. */
export function VpcField({ label, taken }: VpcFieldProps) {
  const t = useTranslations('gateway-access')
  const { workspace } = useWorkspace()
  const { data: vpcs } = useQuery(networkQueries.vpcs(workspace))
  const form = useFormContext<VpcChoice>()
  const preselect = usePreselect()
  if (vpcs?.length === 0) {
    return (
      <Callout tone="info">
        {t.rich('noVpcs', {
          link: (text) => <TextLink href={`/w/${workspace}/networks?create=true`}>{text}</TextLink>,
        })}
      </Callout>
    )
  }
  return (
    <SelectField
      name="vpcId"
      control={form.control}
      label={label}
      placeholder={t('chooseVpc')}
      items={(vpcs ?? []).map((vpc) => ({
        value: vpc.id,
        label: vpc.name,
        description: <span className="font-mono">{vpc.cidrs.join(' ')}</span>,
        disabledReason: taken.has(vpc.id) ? t('vpcTaken') : undefined,
      }))}
      onChanged={(vpcId) => {
        form.setValue('vswitchIds', [])
        if (vpcId === null) return
        void preselect(vpcId).then((vswitchIds) => {
          if (form.getValues('vpcId') === vpcId) form.setValue('vswitchIds', vswitchIds)
        })
      }}
    />
  )
}

/** The vSwitches that a VPC's choice begins with. */
export function usePreselect(): (vpcId: string) => Promise<string[]> {
  const { workspace } = useWorkspace()
  const queryClient = useQueryClient()
  return async (vpcId) =>
    firstVSwitches(zonesOf(await queryClient.fetchQuery(networkQueries.vswitches(workspace, vpcId))))
}
