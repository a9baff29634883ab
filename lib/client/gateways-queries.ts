import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { CreateGatewayForm, Gateway, Rollout, UpdateGatewayInput } from '@/lib/domain/gateway.ts'
import type { Page } from '@/lib/domain/object.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'
import { workspaceQueries } from './workspaces-queries.ts'

/** `gateway` is an id, a name, or `shared`. */
export const gatewayQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'gateways'] as const,
  list: (workspace: string) =>
    queryOptions({
      queryKey: [...gatewayQueries.all(workspace), 'list'],
      queryFn: ({ signal }) =>
        consoleApi.get<Page<Gateway>>(gatewaysPath(workspace), { query: { limit: 200 }, signal }),
    }),
  detail: (workspace: string, gateway: string) =>
    queryOptions({
      queryKey: [...gatewayQueries.all(workspace), 'detail', gateway],
      queryFn: ({ signal }) => consoleApi.get<Gateway>(gatewaysPath(workspace, gateway), { signal }),
    }),
  rollout: (workspace: string, gateway: string) =>
    queryOptions({
      queryKey: [...gatewayQueries.all(workspace), 'rollout', gateway],
      queryFn: ({ signal }) =>
        consoleApi.get<Rollout>(gatewaysPath(workspace, gateway, 'rollout'), { signal }),
    }),
}

export function useCreateGateway(workspace: string) {
  return useCreateMutation({
    create: (input: CreateGatewayForm, idempotencyKey) =>
      consoleApi.post<Gateway>(gatewaysPath(workspace), input, { idempotencyKey }),
    invalidates: [gatewayQueries.all(workspace), workspaceQueries.detail(workspace).queryKey],
  })
}

/** Refused with `in_use` and its users while something needs it. */
export function useDeleteGateway(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Pick<Gateway, 'id'>) => consoleApi.delete(gatewaysPath(workspace, id)),
    onSuccess: (_nothing, { id }) => {
      queryClient.removeQueries({ queryKey: gatewayQueries.detail(workspace, id).queryKey })
      return queryClient.invalidateQueries({ queryKey: [...gatewayQueries.all(workspace), 'list'] })
    },
  })
}

export function useUpdateGateway(workspace: string, gateway: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: UpdateGatewayInput) =>
      consoleApi.patch<Gateway>(gatewaysPath(workspace, gateway), input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: gatewayQueries.all(workspace) }),
  })
}

/** Preselected on deploy from now on. */
export function useSetDefaultGateway(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (gateway: string) => consoleApi.put<Gateway>(gatewaysPath(workspace, gateway, 'default')),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: gatewayQueries.all(workspace) }),
        queryClient.invalidateQueries({ queryKey: workspaceQueries.detail(workspace).queryKey }),
      ]),
  })
}

function gatewaysPath(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'gateways', ...rest)
}
