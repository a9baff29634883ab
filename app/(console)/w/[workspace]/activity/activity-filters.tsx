'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type Filter, FilterBar } from '@/components/data-table/filter-bar.tsx'
import { memberQueries } from '@/lib/client/members-queries.ts'
import { useActivityText } from '../use-activity-text.ts'
import { useWorkspace } from '../use-workspace.ts'
import { recordedActions, recordedKinds } from './recorded-actions.ts'
import { useActivityFilter } from './use-activity-filter.ts'

/** Each filter takes one value: choosing another replaces it. */
export function ActivityFilters() {
  const t = useTranslations('activity.filters')
  const { kind, action } = useActivityText()
  const { workspace } = useWorkspace()
  const { data: members = [] } = useQuery(memberQueries.list(workspace))
  const { values, setValues } = useActivityFilter()
  const people = members.map(({ userId, name }) => ({ value: userId, label: name }))
  const filter = (id: keyof typeof values, label: string, options: Filter['options']): Filter => {
    const value = values[id]
    // A value from a link is shown as it is, even when the list does not know it.
    const unknown = value !== null && !options.some((option) => option.value === value)
    return {
      id,
      label,
      options: unknown ? [...options, { value, label: value }] : options,
      value: value === null ? [] : [value],
      onChange: (chosen) => void setValues({ [id]: chosen.at(-1) ?? null }),
    }
  }
  return (
    <FilterBar
      filters={[
        filter('actor', t('actor'), people),
        filter(
          'kind',
          t('objectKind'),
          recordedKinds.map((name) => ({ value: name, label: kind(name) })),
        ),
        filter(
          'action',
          t('action'),
          recordedActions.map((name) => ({ value: name, label: action(name) })),
        ),
      ]}
    />
  )
}
