import { queryOptions } from '@tanstack/react-query'
import type { Overview } from '@/lib/domain/overview.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { workspaceKey } from './workspace-keys.ts'

export const overviewQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'overview'] as const,
  detail: (workspace: string) =>
    queryOptions({
      queryKey: overviewQueries.all(workspace),
      queryFn: ({ signal }) =>
        consoleApi.get<Overview>(apiPath('workspaces', workspace, 'overview'), { signal }),
      // Traffic numbers move without an event.
      refetchInterval: 30_000,
    }),
}
