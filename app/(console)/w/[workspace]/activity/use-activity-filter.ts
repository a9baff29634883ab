'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import type { ActivityFilter } from '@/lib/client/activity-queries.ts'

const parsers = { actor: parseAsString, kind: parseAsString, action: parseAsString }

/** The filters of the address. Typing and choosing replace history; they are no places to come back to. */
export function useActivityFilter() {
  const [values, setValues] = useQueryStates(parsers, { history: 'replace' })
  const filter: ActivityFilter = {
    ...(values.actor ? { actor: values.actor } : {}),
    ...(values.kind ? { objectKind: values.kind } : {}),
    ...(values.action ? { action: values.action } : {}),
  }
  return {
    values,
    setValues,
    filter,
    narrowed: Object.keys(filter).length > 0,
    clear: () => void setValues({ actor: null, kind: null, action: null }),
  }
}
