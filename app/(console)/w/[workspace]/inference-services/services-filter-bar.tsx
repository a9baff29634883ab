'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { FilterBar } from '@/components/data-table/filter-bar.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { apiTypes } from '@/lib/domain/api-type.ts'
import { serviceStatus } from '@/lib/domain/inference-service.ts'
import type { useListFilter } from './list-filter.ts'

type ServicesFilterBarProps = {
  readonly workspace: string
  readonly filter: ReturnType<typeof useListFilter>
  readonly count: string | null
}

export function ServicesFilterBar({ workspace, filter: { state, setState }, count }: ServicesFilterBarProps) {
  const t = useTranslations('inference-services')
  const { data: gateways } = useQuery(gatewayQueries.list(workspace))
  const search = useCallback((q: string) => void setState({ q: q === '' ? null : q }), [setState])
  return (
    <FilterBar
      search={state.q}
      onSearchChange={search}
      searchLabel={t('search')}
      count={count}
      filters={[
        {
          id: 'status',
          label: t('filters.status'),
          options: serviceStatus.options.map((value) => ({ value, label: t(`status.${value}`) })),
          value: state.status,
          onChange: (status) =>
            void setState({ status: serviceStatus.options.filter((option) => status.includes(option)) }),
        },
        {
          id: 'gateway',
          label: t('filters.gateway'),
          options: (gateways?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          value: state.gateway === '' ? [] : [state.gateway],
          // One gateway at a time: the newest choice replaces the last.
          onChange: (chosen) => void setState({ gateway: chosen.at(-1) ?? null }),
        },
        {
          id: 'type',
          label: t('filters.type'),
          options: apiTypes.map((value) => ({ value, label: t(`apiTypes.${value}`) })),
          value: state.type,
          onChange: (type) => void setState({ type: apiTypes.filter((option) => type.includes(option)) }),
        },
      ]}
    />
  )
}
