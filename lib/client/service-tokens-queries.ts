import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { RotateTokenInput, ServiceToken, UpdateTokenInput } from '@/lib/domain/service-token.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { inferenceServiceQueries } from './inference-services-queries.ts'
import { useCreateMutation } from './use-create-mutation.ts'

export const serviceTokenQueries = {
  all: (workspace: string, service: string) =>
    [...inferenceServiceQueries.all(workspace), 'tokens', service] as const,
  /** Masked: `token` is null on every item. */
  list: (workspace: string, service: string) =>
    queryOptions({
      queryKey: [...serviceTokenQueries.all(workspace, service), 'list'],
      queryFn: async ({ signal }) =>
        (await consoleApi.get<{ items: ServiceToken[] }>(tokensPath(workspace, service), { signal })).items,
    }),
}

/** A mutation, not a query: revealing is recorded in the activity, so it happens only when someone asks. */
export function useRevealServiceTokens(workspace: string, service: string) {
  return useMutation({
    mutationFn: async () =>
      (
        await consoleApi.get<{ items: ServiceToken[] }>(tokensPath(workspace, service), {
          query: { reveal: true },
        })
      ).items,
    gcTime: 0,
  })
}

/** The answer holds the new token, revealed. */
export function useRotateServiceToken(workspace: string, service: string) {
  return useCreateMutation({
    create: (input: RotateTokenInput, idempotencyKey) =>
      consoleApi.post<{ items: ServiceToken[] }>(tokensPath(workspace, service), input, { idempotencyKey }),
    invalidates: [serviceTokenQueries.all(workspace, service)],
    secret: true,
  })
}

/** Ends an expiring token at once; the active one is refused with `conflict`. */
export function useEndServiceToken(workspace: string, service: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => consoleApi.delete(`${tokensPath(workspace, service)}${apiPath(id)}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: serviceTokenQueries.all(workspace, service) }),
  })
}

/** How many requests a second one token may make. */
export function useUpdateServiceToken(workspace: string, service: string, token: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: UpdateTokenInput) =>
      consoleApi.patch<ServiceToken>(`${tokensPath(workspace, service)}${apiPath(token)}`, input),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: serviceTokenQueries.all(workspace, service) }),
  })
}

function tokensPath(workspace: string, service: string): string {
  return apiPath('workspaces', workspace, 'inference-services', service, 'tokens')
}
