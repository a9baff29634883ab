'use client'

import { useTranslations } from 'use-intl'
import { type Filter, FilterBar } from '@/components/data-table/filter-bar.tsx'
import { type RequestRecord, requestOutcomes } from '@/lib/domain/request-record.ts'
import { useRequestFilter } from './use-request-filter.ts'

interface RequestFiltersProps {
  readonly api: string
  /** What there is to choose from is what has been seen. */
  readonly seen: readonly RequestRecord[]
}

/** Each filter takes one value: choosing another replaces it. */
export function RequestFilters({ api, seen }: RequestFiltersProps) {
  const t = useTranslations('requests.filters')
  const { values, setValues } = useRequestFilter(api)
  const filter = (id: 'model' | 'consumer', found: ReadonlyArray<string | undefined | null>): Filter => {
    const value = values[id]
    const names = new Set([...found, value].filter((name) => name !== undefined && name !== null))
    return {
      id,
      label: t(id),
      options: [...names].sort().map((name) => ({ value: name, label: name })),
      value: value === null ? [] : [value],
      onChange: (chosen) => void setValues({ [id]: chosen.at(-1) ?? null }),
    }
  }
  const filters: Filter[] = [
    {
      id: 'status',
      label: t('status'),
      options: requestOutcomes.map((value) => ({ value, label: t(`outcomes.${value}`) })),
      value: values.status === null ? [] : [values.status],
      onChange: (chosen) =>
        void setValues({ status: requestOutcomes.find((known) => known === chosen.at(-1)) ?? null }),
    },
    filter(
      'model',
      seen.map(({ modelAsked }) => modelAsked),
    ),
    filter(
      'consumer',
      seen.map(({ consumer }) => consumer?.name),
    ),
  ]
  return (
    <FilterBar
      search={values.request ?? ''}
      onSearchChange={(request) => void setValues({ request: request.trim() || null })}
      searchLabel={t('requestId')}
      filters={filters.filter(({ options }) => options.length > 0)}
    />
  )
}
