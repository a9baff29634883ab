'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { FilterBar } from '@/components/data-table/filter-bar.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { useGatewayName } from '../gateway-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import type { useModelApiFilter } from './use-model-api-filter.ts'

interface ModelApisFilterBarProps {
  readonly filter: ReturnType<typeof useModelApiFilter>
  readonly count: string | null
}

export function ModelApisFilterBar({ filter: { state, setState }, count }: ModelApisFilterBarProps) {
  const t = useTranslations('model-apis')
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
          id: 'gateway',
          label: t('columns.gateway'),
          options: (gateways ?? []).map((gateway) => ({ value: gateway.id, label: gatewayName(gateway) })),
          value: state.gateway === null ? [] : [state.gateway],
          // One at a time: the newest choice replaces the last.
          onChange: (chosen) => void setState({ gateway: chosen.at(-1) ?? null }),
        },
      ]}
    />
  )
}
