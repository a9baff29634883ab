'use client'

import { useQuery } from '@tanstack/react-query'
import type { Control } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { SelectField } from '@/components/form/select-field.tsx'
import type { DomainValues } from '@/lib/client/domain-form-values.ts'
import { gatewayAccessQueries } from '@/lib/client/gateway-access-queries.ts'
import { useWorkspace } from '../use-workspace.ts'

interface PrivateVpcFieldProps {
  readonly control: Control<DomainValues, unknown, DomainValues>
  readonly label: string
  readonly gatewayId: string
}

/** Which of the gateway's VPCs a private name is for. */
export function PrivateVpcField({ control, label, gatewayId }: PrivateVpcFieldProps) {
  const t = useTranslations('domain-form')
  const { workspace } = useWorkspace()
  const { data = [] } = useQuery(gatewayAccessQueries.vpcs(workspace, gatewayId))
  return (
    <SelectField
      name="vpcId"
      control={control}
      label={label}
      help={t('vpcHelp')}
      placeholder={t('chooseVpc')}
      items={data.map(({ vpc }) => ({
        value: vpc.id,
        label: vpc.workspace === null ? vpc.name : `${vpc.workspace} / ${vpc.name}`,
        description: <span className="font-mono">{vpc.cidrs.join(' ')}</span>,
      }))}
    />
  )
}
