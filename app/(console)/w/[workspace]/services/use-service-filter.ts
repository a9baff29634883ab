'use client'

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { UpstreamServiceFilter } from '@/lib/client/upstream-services-queries.ts'
import { serviceSources } from '@/lib/domain/upstream-service.ts'

const parsers = {
  q: parseAsString.withDefault(''),
  kind: parseAsStringLiteral(serviceSources),
  gateway: parseAsString,
}

/** Search and filters of the list, kept in the address. */
export function useServiceFilter() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' })
  const request: UpstreamServiceFilter = {
    ...(state.q === '' ? {} : { q: state.q.slice(0, 200) }),
    ...(state.kind === null ? {} : { source: state.kind }),
    ...(state.gateway === null ? {} : { gatewayId: state.gateway }),
  }
  return {
    state,
    setState,
    request,
    narrowed: Object.keys(request).length > 0,
    clear: () => void setState({ q: null, kind: null, gateway: null }),
  }
}
