'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { FilterBar } from '@/components/data-table/filter-bar.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { serviceSources } from '@/lib/domain/upstream-service.ts'
import { useGatewayName } from '../gateway-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import type { useServiceFilter } from './use-service-filter.ts'

interface ServicesFilterBarProps {
  readonly filter: ReturnType<typeof useServiceFilter>
  readonly count: string | null
}

export function ServicesFilterBar({ filter: { state, setState }, count }: ServicesFilterBarProps) {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const gateways = useQuery(gatewayQueries.list(workspace)).data?.items
  const search = useCallback((q: string) => void setState({ q: q === '' ? null : q }), [setState])
  return (
    <FilterBar
      search={state.q}
      onSearchChange={search}
      searchLabel={t('search')}
      count={count}
      filters={[
        {
          id: 'kind',
          label: t('columns.source'),
          options: serviceSources.map((value) => ({ value, label: t(`sources.${value}`) })),
          value: state.kind === null ? [] : [state.kind],
          // One at a time: the newest choice replaces the last.
          onChange: (chosen) =>
            void setState({ kind: serviceSources.find((source) => source === chosen.at(-1)) ?? null }),
        },
        {
          id: 'gateway',
          label: t('gateway'),
          options: (gateways ?? []).map((gateway) => ({ value: gateway.id, label: gatewayName(gateway) })),
          value: state.gateway === null ? [] : [state.gateway],
          onChange: (chosen) => void setState({ gateway: chosen.at(-1) ?? null }),
        },
      ]}
    />
  )
}
