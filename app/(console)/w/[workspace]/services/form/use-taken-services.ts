'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { serviceConfig } from '@/lib/client/service-form-values.ts'
import { upstreamServiceQueries } from '@/lib/client/upstream-services-queries.ts'
import type { SourceType } from '@/lib/domain/source.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { discoveredKey } from './service-select.tsx'

/** Names of services that are made of what a namespace of a source has, by `discoveredKey`. */
export function useTakenServices(
  source: SourceType,
  sourceId: string,
  namespace: string,
): ReadonlyMap<string, string> {
  const { workspace } = useWorkspace()
  const { data } = useInfiniteQuery(upstreamServiceQueries.list(workspace, { source, limit: 200 }))
  return useMemo(() => {
    const taken = new Map<string, string>()
    for (const service of data?.pages.flatMap(({ items }) => items) ?? []) {
      const config = serviceConfig(service)
      if (config.sourceId !== sourceId || config.namespace !== namespace) continue
      const group = source === 'nacos' ? config.group : null
      taken.set(discoveredKey({ name: config.service, group }), service.name)
    }
    return taken
  }, [data, source, sourceId, namespace])
}
