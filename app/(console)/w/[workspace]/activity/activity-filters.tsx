'use client'

import { useTranslations } from 'use-intl'
import { type Filter, FilterBar } from '@/components/data-table/filter-bar.tsx'
import { useActivityText } from '../use-activity-text.ts'
import { recordedActions, recordedKinds } from './recorded-actions.ts'
import { useActivityFilter } from './use-activity-filter.ts'

/** Search is by who; the other two filters take one value each. */
export function ActivityFilters() {
  const t = useTranslations('activity')
  const { kind, action } = useActivityText()
  const { values, setValues } = useActivityFilter()
  const one = (chosen: readonly string[]) => chosen.at(-1) ?? null
  const actions =
    values.kind === null
      ? recordedActions
      : recordedActions.filter((name) => name.startsWith(`${values.kind}.`))
  const filters: Filter[] = [
    {
      id: 'kind',
      label: t('filters.objectKind'),
      options: recordedKinds.map((name) => ({ value: name, label: kind(name) })),
      value: values.kind === null ? [] : [values.kind],
      onChange: (chosen) => void setValues({ kind: one(chosen), action: null }),
    },
    {
      id: 'action',
      label: t('filters.action'),
      options: actions.map((name) => ({ value: name, label: action(name) })),
      value: values.action === null ? [] : [values.action],
      onChange: (chosen) => void setValues({ action: one(chosen) }),
    },
  ]
  return (
    <FilterBar
      search={values.actor ?? ''}
      onSearchChange={(actor) => void setValues({ actor: actor || null })}
      searchLabel={t('filters.actor')}
      filters={filters}
    />
  )
}
