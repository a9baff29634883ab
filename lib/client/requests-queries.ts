import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { ModelRouting } from '@/lib/domain/model-routing.ts'
import type { Page } from '@/lib/domain/object.ts'
import type { RequestDetail, RequestQuery, RequestRecord } from '@/lib/domain/request-record.ts'
import type { WhatIfResult } from '@/lib/domain/what-if.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { workspaceKey } from './workspace-keys.ts'

export type RequestFilter = Partial<Omit<RequestQuery, 'cursor' | 'limit'>>

/** Nodes tell of requests about once a second. */
const followMs = 5_000

export const requestQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'requests'] as const,
  /** Follows what comes in as long as nobody has gone further back. */
  list: (workspace: string, filter: RequestFilter) =>
    infiniteQueryOptions({
      queryKey: [...requestQueries.all(workspace), 'list', filter],
      queryFn: ({ pageParam, signal }) =>
        consoleApi.get<Page<RequestRecord>>(apiPath('workspaces', workspace, 'requests'), {
          query: { ...filter, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : followMs),
    }),
  detail: (workspace: string, id: string) =>
    queryOptions({
      queryKey: [...requestQueries.all(workspace), 'detail', id],
      queryFn: ({ signal }) =>
        consoleApi.get<RequestDetail>(apiPath('workspaces', workspace, 'requests', id), { signal }),
      // What has been answered does not change.
      staleTime: Number.POSITIVE_INFINITY,
    }),
  /** Where the last requests to an API would have gone with this routing. */
  whatIf: (workspace: string, api: string, routing: ModelRouting) =>
    queryOptions({
      queryKey: [...requestQueries.all(workspace), 'what-if', api, routing],
      queryFn: ({ signal }) =>
        consoleApi.post<WhatIfResult>(
          apiPath('workspaces', workspace, 'model-apis', api, 'what-if'),
          { routing },
          { signal },
        ),
    }),
}
