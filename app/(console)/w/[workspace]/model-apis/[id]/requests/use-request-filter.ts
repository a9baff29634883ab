'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { RequestFilter } from '@/lib/client/requests-queries.ts'
import { requestOutcomes } from '@/lib/domain/request-record.ts'

const parsers = {
  request: parseAsString,
  status: parseAsStringLiteral(requestOutcomes),
  model: parseAsString,
  consumer: parseAsString,
}

/** The filters of the address. Typing and choosing replace history; they are no places to come back to. */
export function useRequestFilter(modelApiId: string) {
  const [values, setValues] = useQueryStates(parsers, { history: 'replace' })
  const { request, status, model, consumer } = values
  const filter: RequestFilter = {
    modelApiId,
    ...(request ? { requestId: request } : {}),
    ...(status ? { status } : {}),
    ...(model ? { model } : {}),
    ...(consumer ? { consumer } : {}),
  }
  return {
    values,
    setValues,
    filter,
    narrowed: Object.keys(filter).length > 1,
    clear: () => void setValues({ request: null, status: null, model: null, consumer: null }),
  }
}
