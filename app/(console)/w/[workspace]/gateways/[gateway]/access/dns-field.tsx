'use client'

import { useTranslations } from 'use-intl'
import { SwitchField } from '@/components/form/switch-field.tsx'
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'

interface DnsFieldProps {
  readonly label: string
  /** The gateway's other VPCs. */
  readonly others: readonly GatewayVpcLink[]
}

/** One VPC of a gateway at most has it: the one that has it now is named. */
export function DnsField({ label, others }: DnsFieldProps) {
  const t = useTranslations('gateway-access')
  const holder = others.find(({ authoritativeDns }) => authoritativeDns)
  return (
    <SwitchField<{ authoritativeDns: boolean }>
      name="authoritativeDns"
      label={label}
      disabled={holder !== undefined}
      help={holder === undefined ? t('dnsHelp') : t('dnsHeld', { name: holder.vpc.name })}
    />
  )
}
