'use client'

import { useTranslations } from 'use-intl'
import type { SelectItem } from '@/components/ui/select.tsx'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { useGatewayName } from '../gateway-name.ts'

/** Gateways to choose from, with type, state and network; those that take no services now say why. */
export function useGatewayItems(
  gateways: readonly Gateway[],
  /** Stays a choice, whatever became of it. */
  boundTo: string | undefined,
): SelectItem<string>[] {
  const t = useTranslations('inference-services')
  const nameOf = useGatewayName()
  return gateways.map((gateway) => {
    const { id, type, network, status } = gateway
    const facts = [
      t(`gatewayTypes.${type}`),
      t(`access.gatewayStates.${status.state}`),
      ...(network === null ? [] : [network.name]),
    ]
    const reason = id === boundTo ? undefined : reasonAgainst(gateway)
    const refusal = reason && t(`access.notNow.${reason}`)
    return {
      value: id,
      label: nameOf(gateway),
      description: facts.join(' · '),
      ...(refusal === undefined ? {} : { disabledReason: refusal }),
    }
  })
}

function reasonAgainst({ type, network, status }: Gateway): 'network' | 'starting' | 'down' | undefined {
  if (type === 'shared') return undefined
  if (type === 'alb' && network === null) return 'network'
  if (status.state === 'creating') return 'starting'
  return status.state === 'running' || status.state === 'degraded' || status.state === 'updating'
    ? undefined
    : 'down'
}
