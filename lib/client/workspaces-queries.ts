import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Page } from '@/lib/domain/object.ts'
import type { CreateWorkspaceInput, UpdateWorkspaceInput, Workspace } from '@/lib/domain/workspace.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { sessionQueries } from './session-queries.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export interface SearchHit {
  readonly kind: string
  readonly id: string
  readonly name: string
}

export const workspaceQueries = {
  all: ['workspaces'] as const,
  list: () =>
    queryOptions({
      queryKey: [...workspaceQueries.all, 'list'],
      queryFn: ({ signal }) =>
        consoleApi.get<Page<Workspace>>('/workspaces', { query: { limit: 200 }, signal }),
    }),
  detail: (workspace: string) =>
    queryOptions({
      queryKey: [...workspaceKey(workspace), 'detail'],
      queryFn: ({ signal }) => consoleApi.get<Workspace>(apiPath('workspaces', workspace), { signal }),
    }),
  search: (workspace: string, q: string) =>
    queryOptions({
      queryKey: [...workspaceKey(workspace), 'search', q],
      queryFn: async ({ signal }) =>
        (
          await consoleApi.get<{ items: SearchHit[] }>(apiPath('workspaces', workspace, 'search'), {
            query: { q },
            signal,
          })
        ).items,
      placeholderData: keepPreviousData,
      enabled: q.trim() !== '',
    }),
}

export function useCreateWorkspace() {
  return useCreateMutation({
    create: (input: CreateWorkspaceInput, idempotencyKey) =>
      consoleApi.post<Workspace>('/workspaces', input, { idempotencyKey }),
    invalidates: [workspaceQueries.all, sessionQueries.all],
  })
}

export function useUpdateWorkspace(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: UpdateWorkspaceInput) =>
      consoleApi.patch<Workspace>(apiPath('workspaces', workspace), input),
    onSuccess: (saved) => {
      queryClient.setQueryData(workspaceQueries.detail(workspace).queryKey, saved)
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: workspaceQueries.all }),
        queryClient.invalidateQueries({ queryKey: sessionQueries.all }),
        queryClient.invalidateQueries({ queryKey: [...workspaceKey(workspace), 'overview'] }),
      ])
    },
  })
}

/** Refused with `in_use` while services exist. `confirm` is the typed name. */
export function useDeleteWorkspace(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (confirm: string) =>
      consoleApi.delete(apiPath('workspaces', workspace), { query: { confirm } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: workspaceKey(workspace) })
      return Promise.all([
        queryClient.invalidateQueries({ queryKey: workspaceQueries.all }),
        queryClient.invalidateQueries({ queryKey: sessionQueries.all }),
      ])
    },
  })
}
