import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiToken, CreateApiTokenInput } from '@/lib/domain/api-token.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

/** `workspace: null` means the tokens of the whole installation, which its owners manage. */
export const apiTokenQueries = {
  all: (workspace: string | null) =>
    workspace === null
      ? (['installation', 'api-tokens'] as const)
      : ([...workspaceKey(workspace), 'api-tokens'] as const),
  list: (workspace: string | null) =>
    queryOptions({
      queryKey: [...apiTokenQueries.all(workspace), 'list'],
      queryFn: async ({ signal }) =>
        (await consoleApi.get<{ items: ApiToken[] }>(tokensPath(workspace), { signal })).items,
    }),
}

/** The answer holds the token itself, which is shown once. */
export function useCreateApiToken(workspace: string | null) {
  return useCreateMutation({
    create: (input: CreateApiTokenInput, idempotencyKey) =>
      consoleApi.post<ApiToken>(tokensPath(workspace), input, { idempotencyKey }),
    invalidates: [apiTokenQueries.all(workspace)],
    secret: true,
  })
}

export function useRevokeApiToken(workspace: string | null) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => consoleApi.delete(`${tokensPath(workspace)}${apiPath(id)}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: apiTokenQueries.all(workspace) }),
  })
}

function tokensPath(workspace: string | null): string {
  return workspace === null ? apiPath('tokens') : apiPath('workspaces', workspace, 'tokens')
}
