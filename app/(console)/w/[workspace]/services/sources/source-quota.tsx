'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { sourceQueries } from '@/lib/client/sources-queries.ts'
import type { Source } from '@/lib/domain/source.ts'
import { useGatewayName } from '../../gateway-name.ts'
import { useWorkspace } from '../../use-workspace.ts'

/** How many a gateway has of each type; null until it is known. */
export function useQuotaText(gatewayId: string) {
  const t = useTranslations('sources.quota')
  const { workspace } = useWorkspace()
  const { data } = useQuery({
    ...sourceQueries.quota(workspace, gatewayId),
    enabled: gatewayId !== '',
  })
  if (data === undefined) return null
  return {
    kubernetes: {
      text: t('kubernetes', data.kubernetes),
      full: data.kubernetes.used >= data.kubernetes.max,
    },
    nacos: { text: t('nacos', data.nacos), full: data.nacos.used >= data.nacos.max },
  }
}

/** One line for each gateway that has sources: what is used of what it may have. */
export function SourceQuotas({ sources }: { readonly sources: readonly Source[] }) {
  const gateways = new Map(sources.map(({ gateway }) => [gateway.id, gateway]))
  return (
    <ul className="pb-2">
      {[...gateways.values()].map((gateway) => (
        <QuotaLine key={gateway.id} gateway={gateway} />
      ))}
    </ul>
  )
}

function QuotaLine({ gateway }: Pick<Source, 'gateway'>) {
  const gatewayName = useGatewayName()
  const quota = useQuotaText(gateway.id)
  return (
    <li className="tnum text-control text-ink-2">
      <span className="text-ink">{gatewayName(gateway)}</span>
      {quota ? ` · ${quota.kubernetes.text} · ${quota.nacos.text}` : null}
    </li>
  )
}
