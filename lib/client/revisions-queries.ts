import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Page } from '@/lib/domain/object.ts'
import type { RestoreInput, RestorePreview, Revision } from '@/lib/domain/revision.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { gatewayQueries } from './gateways-queries.ts'
import { workspaceKey } from './workspace-keys.ts'

export const revisionQueries = {
  all: (workspace: string, gateway: string) =>
    [...gatewayQueries.all(workspace), 'revisions', gateway] as const,
  /** Newest first. */
  list: (workspace: string, gateway: string) =>
    infiniteQueryOptions({
      queryKey: [...revisionQueries.all(workspace, gateway), 'list'],
      queryFn: ({ pageParam, signal }) =>
        consoleApi.get<Page<Revision>>(revisionsPath(workspace, gateway), {
          query: { cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  detail: (workspace: string, gateway: string, number: number) =>
    queryOptions({
      queryKey: [...revisionQueries.all(workspace, gateway), 'detail', number],
      queryFn: ({ signal }) =>
        consoleApi.get<Revision>(revisionsPath(workspace, gateway, String(number)), { signal }),
    }),
  /** What bringing it back would change. */
  restorePreview: (workspace: string, gateway: string, number: number) =>
    queryOptions({
      queryKey: [...revisionQueries.all(workspace, gateway), 'restore', number],
      queryFn: ({ signal }) =>
        consoleApi.get<RestorePreview>(revisionsPath(workspace, gateway, String(number), 'restore'), {
          signal,
        }),
      staleTime: 0,
    }),
}

/** Refused with 409 when a newer revision exists than the one that `basedOn` names. */
export function useRestoreRevision(workspace: string, gateway: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ number, ...input }: RestoreInput & { number: number }) =>
      consoleApi.post<Revision>(revisionsPath(workspace, gateway, String(number), 'restore'), input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) }),
  })
}

function revisionsPath(workspace: string, gateway: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'gateways', gateway, 'revisions', ...rest)
}
