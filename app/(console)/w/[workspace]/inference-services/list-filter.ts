'use client'

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { parseSort, type SortState, serializeSort } from '@/components/data-table/columns.ts'
import type { InferenceServiceFilter } from '@/lib/client/inference-services-queries.ts'
import { apiTypes } from '@/lib/domain/api-type.ts'
import { serviceStatus } from '@/lib/domain/inference-service.ts'

const sortable = ['name', 'updatedAt'] as const
const sorts = ['name', '-name', 'updatedAt', '-updatedAt'] as const

const parsers = {
  q: parseAsString.withDefault(''),
  status: parseAsArrayOf(parseAsStringLiteral(serviceStatus.options)).withDefault([]),
  gateway: parseAsString.withDefault(''),
  type: parseAsArrayOf(parseAsStringLiteral(apiTypes)).withDefault([]),
  sort: parseAsStringLiteral(sorts).withDefault('-updatedAt'),
}

/** Search, filters and order of the list, kept in the address. */
export function useListFilter() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' })
  const narrowed = state.q !== '' || state.status.length > 0 || state.gateway !== '' || state.type.length > 0
  const request: InferenceServiceFilter = {
    sort: state.sort,
    ...(state.q === '' ? {} : { q: state.q.slice(0, 100) }),
    ...(state.status.length === 0 ? {} : { status: state.status.join(',') }),
    ...(state.gateway === '' ? {} : { gatewayId: state.gateway }),
    ...(state.type.length === 0 ? {} : { apiType: state.type.join(',') }),
  }
  return {
    state,
    setState,
    narrowed,
    request,
    sort: parseSort(state.sort, sortable),
    setSort: (sort: SortState | null) => {
      const text = serializeSort(sort)
      void setState({ sort: sorts.find((candidate) => candidate === text) ?? null })
    },
    clear: () => void setState({ q: null, status: null, gateway: null, type: null }),
  }
}
