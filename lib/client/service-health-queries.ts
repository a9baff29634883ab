import { infiniteQueryOptions } from '@tanstack/react-query'
import type { InstanceHealthEvent } from '@/lib/domain/inference-service.ts'
import type { Page } from '@/lib/domain/object.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { inferenceServiceQueries } from './inference-services-queries.ts'

export const serviceHealthQueries = {
  /** Newest first. A change of any instance refreshes it, as it does everything about services. */
  events: (workspace: string, service: string) =>
    infiniteQueryOptions({
      queryKey: [...inferenceServiceQueries.all(workspace), 'health-events', service],
      queryFn: ({ pageParam, signal }) =>
        consoleApi.get<Page<InstanceHealthEvent>>(
          apiPath('workspaces', workspace, 'inference-services', service, 'health-events'),
          { query: { limit: 25, cursor: pageParam }, signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
}
