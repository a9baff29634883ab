import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type { CreateModelApiForm, ModelApi, updateModelApiInput } from '@/lib/domain/model-api.ts'
import type { Page } from '@/lib/domain/object.ts'
import type { RouteTestResult } from '@/lib/domain/test-route.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { everyPage } from './every-page.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export const modelApiQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'model-apis'] as const,
  /** All of them: pages search also in their models and services, which the API does not. */
  list: (workspace: string) =>
    queryOptions({
      queryKey: [...modelApiQueries.all(workspace), 'list'],
      queryFn: ({ signal }) =>
        everyPage((cursor) =>
          consoleApi.get<Page<ModelApi>>(path(workspace), { query: { limit: 200, cursor }, signal }),
        ),
    }),
  /** `api` is an id or a name. */
  detail: (workspace: string, api: string) =>
    queryOptions({
      queryKey: [...modelApiQueries.all(workspace), 'detail', api],
      queryFn: ({ signal }) => consoleApi.get<ModelApi>(path(workspace, api), { signal }),
    }),
  /** Where a request that names this model goes. */
  routeOf: (workspace: string, { id, version }: Pick<ModelApi, 'id' | 'version'>, model: string) =>
    queryOptions({
      queryKey: [...modelApiQueries.all(workspace), 'route', id, version, model],
      queryFn: ({ signal }) =>
        consoleApi.post<RouteTestResult>(
          path(workspace, 'test-route'),
          { modelApiId: id, model },
          { signal },
        ),
    }),
}

export function useCreateModelApi(workspace: string) {
  return useCreateMutation({
    create: (input: CreateModelApiForm, idempotencyKey) =>
      consoleApi.post<ModelApi>(path(workspace), input, { idempotencyKey }),
    invalidates: [workspaceKey(workspace)],
  })
}

export function useUpdateModelApi(workspace: string, api: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: z.input<typeof updateModelApiInput>) =>
      consoleApi.patch<ModelApi>(path(workspace, api), input),
    onSuccess: (saved) => {
      queryClient.setQueryData(modelApiQueries.detail(workspace, saved.id).queryKey, saved)
      return queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) })
    },
  })
}

export function useDeleteModelApi(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Pick<ModelApi, 'id'>) => consoleApi.delete(path(workspace, id)),
    onSuccess: (_, { id }) =>
      queryClient.invalidateQueries({
        queryKey: workspaceKey(workspace),
        // Its own page is about to close: asking for it again would only find nothing.
        predicate: ({ queryKey }) => !queryKey.includes(id),
      }),
  })
}

function path(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'model-apis', ...rest)
}
