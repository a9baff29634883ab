'use client'

import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { type Filter, FilterBar } from '@/components/data-table/filter-bar.tsx'
import { domainQueries } from '@/lib/client/domains-queries.ts'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { routedServiceIds } from '@/lib/client/model-api-health.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { modelApiProtocols, modelApiUseCases } from '@/lib/domain/model-api-routes.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useGatewayName } from '../gateway-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import { protocolName } from './protocol-name.ts'
import { modelApiStates, type useModelApiFilter } from './use-model-api-filter.ts'

type FilterId = 'use' | 'protocol' | 'status' | 'service' | 'domain' | 'group' | 'gateway'
type FilterOption = Filter['options'][number]

interface ModelApisFilterBarProps {
  readonly filter: ReturnType<typeof useModelApiFilter>
  readonly all: readonly ModelApi[]
  readonly services: readonly UpstreamService[]
  readonly count: string | null
}

export function ModelApisFilterBar(props: ModelApisFilterBarProps) {
  const { filter, all, services, count } = props
  const { state, setState } = filter
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const gatewayName = useGatewayName()
  const gateways = useQuery(gatewayQueries.list(workspace)).data?.items
  const caseNames = useTranslations('model-apis.useCases')
  const domains = useQuery(domainQueries.list(workspace)).data ?? []
  const routed = new Set(all.flatMap(routedServiceIds))
  const named = new Set(all.flatMap(({ domainIds }) => domainIds))
  const groups = [...new Set(all.map(({ resourceGroup }) => resourceGroup))].sort()
  // One at a time: the newest choice replaces the last.
  const filterOf = (id: FilterId, label: string, options: readonly FilterOption[]) => ({
    id,
    label,
    options,
    value: state[id] === null ? [] : [state[id]],
    onChange: (chosen: readonly string[]) => void setState({ [id]: chosen.at(-1) ?? null }),
  })
  const search = useCallback((q: string) => void setState({ q: q === '' ? null : q }), [setState])
  return (
    <FilterBar
      search={state.q}
      onSearchChange={search}
      searchLabel={t('search')}
      count={count}
      filters={[
        filterOf(
          'use',
          t('columns.useCase'),
          modelApiUseCases.map((value) => ({ value, label: caseNames(value) })),
        ),
        filterOf(
          'protocol',
          t('form.protocol'),
          modelApiProtocols.map((value) => ({ value, label: protocolName(value) })),
        ),
        filterOf(
          'status',
          t('columns.status'),
          modelApiStates.map((value) => ({ value, label: t(`states.${value}`) })),
        ),
        filterOf(
          'service',
          t('form.service'),
          services.filter(({ id }) => routed.has(id)).map(({ id, name }) => ({ value: id, label: name })),
        ),
        filterOf(
          'domain',
          t('form.domain'),
          domains.filter(({ id }) => named.has(id)).map(({ id, name }) => ({ value: id, label: name })),
        ),
        filterOf(
          'group',
          t('form.resourceGroup'),
          groups.map((value) => ({ value, label: value })),
        ),
        filterOf(
          'gateway',
          t('columns.gateway'),
          (gateways ?? []).map((gateway) => ({ value: gateway.id, label: gatewayName(gateway) })),
        ),
      ].filter(({ options, value }) => options.length > 1 || value.length > 0)}
    />
  )
}
