import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import type { ActivityEntry, ActivityQuery } from '@/lib/domain/activity.ts'
import type { Page } from '@/lib/domain/object.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { workspaceKey } from './workspace-keys.ts'

export type ActivityFilter = Partial<Omit<ActivityQuery, 'cursor'>>

export const activityQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'activity'] as const,
  list: (workspace: string, filter: ActivityFilter) =>
    infiniteQueryOptions({
      queryKey: [...activityQueries.all(workspace), 'list', filter],
      queryFn: ({ pageParam, signal }) =>
        consoleApi.get<Page<ActivityEntry>>(apiPath('workspaces', workspace, 'activity'), {
          query: { ...filter, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
}
