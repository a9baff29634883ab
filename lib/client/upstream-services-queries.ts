import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type * as z from 'zod'
import type { Page } from '@/lib/domain/object.ts'
import type {
  listModelsInput,
  listModelsResult,
  ServiceTestResult,
  testDraftInput,
  testServiceInput,
} from '@/lib/domain/test-service.ts'
import type {
  CreateServiceForm,
  ServiceQuery,
  UpstreamService,
  updateServiceInput,
} from '@/lib/domain/upstream-service.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { everyPage } from './every-page.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export type UpstreamServiceFilter = Partial<Omit<ServiceQuery, 'cursor'>>
export type ModelList = z.infer<typeof listModelsResult>
export type TestDraft = z.input<typeof testDraftInput>
export type TestStored = z.input<typeof testServiceInput>
export type ModelsDraft = z.input<typeof listModelsInput>

export const upstreamServiceQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'services'] as const,
  list: (workspace: string, filter: UpstreamServiceFilter) =>
    infiniteQueryOptions({
      queryKey: [...upstreamServiceQueries.all(workspace), 'list', filter],
      queryFn: ({ pageParam, signal }) =>
        consoleApi.get<Page<UpstreamService>>(path(workspace), {
          query: { ...filter, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  /** All of them, for names and health where others route to them. */
  every: (workspace: string) =>
    queryOptions({
      queryKey: [...upstreamServiceQueries.all(workspace), 'every'],
      queryFn: ({ signal }) =>
        everyPage((cursor) =>
          consoleApi.get<Page<UpstreamService>>(path(workspace), { query: { limit: 200, cursor }, signal }),
        ),
    }),
  /** `service` is an id or a name. */
  detail: (workspace: string, service: string) =>
    queryOptions({
      queryKey: [...upstreamServiceQueries.all(workspace), 'detail', service],
      queryFn: ({ signal }) => consoleApi.get<UpstreamService>(path(workspace, service), { signal }),
    }),
}

export function useCreateUpstreamService(workspace: string) {
  return useCreateMutation({
    create: (input: CreateServiceForm, idempotencyKey) =>
      consoleApi.post<UpstreamService>(path(workspace), input, { idempotencyKey }),
    invalidates: [workspaceKey(workspace)],
    // The input holds keys.
    secret: true,
  })
}

export function useUpdateUpstreamService(workspace: string, service: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: z.input<typeof updateServiceInput>) =>
      consoleApi.patch<UpstreamService>(path(workspace, service), input),
    gcTime: 0,
    onSuccess: (saved) => {
      queryClient.setQueryData(upstreamServiceQueries.detail(workspace, saved.id).queryKey, saved)
      return queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) })
    },
  })
}

/** Refused with `in_use` while a Model API routes to it. */
export function useDeleteUpstreamService(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Pick<UpstreamService, 'id'>) => consoleApi.delete(path(workspace, id)),
    onSuccess: (_, { id }) =>
      queryClient.invalidateQueries({
        queryKey: workspaceKey(workspace),
        // Its own page is about to close: asking for it again would only find nothing.
        predicate: ({ queryKey }) => !queryKey.includes(id),
      }),
  })
}

/** One call of a stored service; a call that fails is a result, not an error. */
export function useTestUpstreamService(workspace: string, service: string) {
  return useMutation({
    mutationFn: (input: TestStored) =>
      consoleApi.post<ServiceTestResult>(path(workspace, service, 'test'), input),
  })
}

/** The same for what is not saved yet. */
export function useTestServiceDraft(workspace: string) {
  return useMutation({
    mutationFn: (input: TestDraft) => consoleApi.post<ServiceTestResult>(path(workspace, 'test'), input),
    gcTime: 0,
  })
}

/** The models that the provider says it has. */
export function useFetchModels(workspace: string) {
  return useMutation({
    mutationFn: (input: ModelsDraft) => consoleApi.post<ModelList>(path(workspace, 'models'), input),
    gcTime: 0,
  })
}

function path(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'services', ...rest)
}
