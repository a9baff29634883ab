import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type { Page } from '@/lib/domain/object.ts'
import type {
  CreateSourceForm,
  checkSourceInput,
  Source,
  SourceCatalogue,
  SourceCheck,
  sourceQuota,
  updateSourceInput,
} from '@/lib/domain/source.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export type SourceQuota = z.infer<typeof sourceQuota>

export const sourceQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'sources'] as const,
  /** `gateway` undefined: those of every gateway. */
  list: (workspace: string, gateway?: string) =>
    queryOptions({
      queryKey: [...sourceQueries.all(workspace), 'list', gateway ?? null],
      queryFn: async ({ signal }) =>
        (
          await consoleApi.get<Page<Source>>(path(workspace), {
            query: { gatewayId: gateway, limit: 200 },
            signal,
          })
        ).items,
    }),
  detail: (workspace: string, source: string) =>
    queryOptions({
      queryKey: [...sourceQueries.all(workspace), 'detail', source],
      queryFn: ({ signal }) => consoleApi.get<Source>(path(workspace, source), { signal }),
    }),
  quota: (workspace: string, gateway: string) =>
    queryOptions({
      queryKey: [...sourceQueries.all(workspace), 'quota', gateway],
      queryFn: ({ signal }) =>
        consoleApi.get<SourceQuota>(path(workspace, 'quota'), { query: { gatewayId: gateway }, signal }),
    }),
  /** What the source offers now; asked of the cluster itself, so it is not kept. */
  catalogue: (workspace: string, source: string, namespace: string) =>
    queryOptions({
      queryKey: [...sourceQueries.all(workspace), 'catalogue', source, namespace],
      queryFn: ({ signal }) =>
        consoleApi.get<SourceCatalogue>(path(workspace, source, 'catalogue'), {
          query: { namespace, hidden: true },
          signal,
        }),
      staleTime: 15_000,
      retry: false,
    }),
}

/** Tries a connection without saving it; one that fails is a result, not an error. */
export function useCheckSource(workspace: string) {
  return useMutation({
    mutationFn: (input: z.input<typeof checkSourceInput>) =>
      consoleApi.post<SourceCheck>(path(workspace, 'check'), input),
    gcTime: 0,
  })
}

export function useCreateSource(workspace: string) {
  return useCreateMutation({
    create: (input: CreateSourceForm, idempotencyKey) =>
      consoleApi.post<Source>(path(workspace), input, { idempotencyKey }),
    invalidates: [workspaceKey(workspace)],
    // The input holds a kubeconfig, a token or a password.
    secret: true,
  })
}

export function useUpdateSource(workspace: string, source: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: z.input<typeof updateSourceInput>) =>
      consoleApi.patch<Source>(path(workspace, source), input),
    gcTime: 0,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) }),
  })
}

/** Refused with `in_use` while services are made from it. */
export function useDeleteSource(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Pick<Source, 'id'>) => consoleApi.delete(path(workspace, id)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) }),
  })
}

function path(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'sources', ...rest)
}
