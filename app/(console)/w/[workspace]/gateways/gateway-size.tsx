'use client'

import { useTranslations } from 'use-intl'
import type { Gateway } from '@/lib/domain/gateway.ts'
import { type GatewaySpec, nodeCapacity } from '@/lib/domain/gateway-capacity.ts'

/** `4 cores 8 GB × 2`, or how many nodes load may make of it. */
export function GatewaySize({ gateway }: { readonly gateway: Gateway }) {
  const t = useTranslations('gateways')
  const sizeText = useSizeText()
  const { type, spec, nodes, nodesMax } = gateway
  if (type === 'alb')
    return <span className="tnum">{t('nodesBetween', { least: nodes, most: nodesMax })}</span>
  if (spec === null) return <span className="text-ink-3">—</span>
  return <span className="tnum whitespace-nowrap">{sizeText(spec, nodes)}</span>
}

export function useSizeText(): (spec: GatewaySpec, nodes: number) => string {
  const t = useTranslations('gateways')
  return (spec, nodes) => {
    const { cpus, memoryGb } = nodeCapacity[spec]
    return t('size', { cpus, memory: memoryGb, nodes })
  }
}
