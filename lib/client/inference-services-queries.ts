import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import type {
  CreateInferenceServiceForm,
  InferenceService,
  InferenceServiceQuery,
  UpdateInferenceServiceInput,
} from '@/lib/domain/inference-service.ts'
import type { Page } from '@/lib/domain/object.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import type { MoveServicesInput, MoveServicesResult } from '@/lib/domain/service-move.ts'
import type { TestRequestInput, TestRequestResult } from '@/lib/domain/test-request.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export type InferenceServiceFilter = Partial<Omit<InferenceServiceQuery, 'cursor'>>

export interface NameAvailability {
  readonly available: boolean
  /** A free name close to the taken one. */
  readonly suggestion: string | null
}

export const inferenceServiceQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'inference-services'] as const,
  list: (workspace: string, filter: InferenceServiceFilter) =>
    infiniteQueryOptions({
      queryKey: [...inferenceServiceQueries.all(workspace), 'list', filter],
      queryFn: ({ pageParam, signal }) =>
        consoleApi.get<Page<InferenceService>>(servicesPath(workspace), {
          query: { ...filter, cursor: pageParam },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  /** `service` is an id or a name. */
  detail: (workspace: string, service: string) =>
    queryOptions({
      queryKey: [...inferenceServiceQueries.all(workspace), 'detail', service],
      queryFn: ({ signal }) => consoleApi.get<InferenceService>(servicesPath(workspace, service), { signal }),
    }),
  endpoints: (workspace: string, service: string) =>
    queryOptions({
      queryKey: [...inferenceServiceQueries.all(workspace), 'endpoints', service],
      queryFn: ({ signal }) =>
        consoleApi.get<ServiceEndpoints>(servicesPath(workspace, service, 'endpoints'), { signal }),
    }),
  nameAvailable: (workspace: string, name: string) =>
    queryOptions({
      queryKey: [...inferenceServiceQueries.all(workspace), 'name-available', name],
      queryFn: ({ signal }) =>
        consoleApi.get<NameAvailability>(servicesPath(workspace, 'name-available'), {
          query: { name },
          signal,
        }),
      staleTime: 5000,
    }),
}

export function useCreateInferenceService(workspace: string) {
  return useCreateMutation({
    create: (input: CreateInferenceServiceForm, idempotencyKey) =>
      consoleApi.post<InferenceService>(servicesPath(workspace), input, { idempotencyKey }),
    invalidates: [workspaceKey(workspace)],
    // The input may hold the upstream credential.
    secret: true,
  })
}

export function useUpdateInferenceService(workspace: string, service: string) {
  const saved = useSavedInferenceService(workspace)
  return useMutation({
    mutationFn: (input: UpdateInferenceServiceInput) =>
      consoleApi.patch<InferenceService>(servicesPath(workspace, service), input),
    gcTime: 0,
    onSuccess: saved,
  })
}

type ServiceWish = Pick<InferenceService, 'id' | 'version'>

/** Takes the service as it was seen, so a stale wish is refused with `version_conflict`. */
export function useStartInferenceService(workspace: string) {
  return useServiceWish(workspace, 'start')
}

export function useStopInferenceService(workspace: string) {
  return useServiceWish(workspace, 'stop')
}

function useServiceWish(workspace: string, wish: 'start' | 'stop') {
  const saved = useSavedInferenceService(workspace)
  return useMutation({
    mutationFn: ({ id, version }: ServiceWish) =>
      consoleApi.post<InferenceService>(servicesPath(workspace, id, wish), { version }),
    onSuccess: saved,
  })
}

export function useDeleteInferenceService(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id, name }: Pick<InferenceService, 'id' | 'name'>) =>
      consoleApi.delete(servicesPath(workspace, id), { query: { confirm: name } }),
    onSuccess: (_, { id }) =>
      queryClient.invalidateQueries({
        queryKey: workspaceKey(workspace),
        // Its own page is about to close: asking for it again would only find nothing.
        predicate: ({ queryKey }) => !queryKey.includes(id),
      }),
  })
}

/** What would stand in the way of each service; nothing moves. */
export function useCheckMove(workspace: string) {
  return useMutation({
    mutationFn: (input: Omit<MoveServicesInput, 'dryRun'>) =>
      consoleApi.post<MoveServicesResult>(servicesPath(workspace, 'move'), { ...input, dryRun: true }),
  })
}

/** One service at a time, so that a page can show how far it is. Pages are asked to look again by the last one. */
export function useMoveService(workspace: string) {
  return useMutation({
    mutationFn: async ({ id, gatewayId }: { readonly id: string; readonly gatewayId: string }) => {
      const input = { gatewayId, serviceIds: [id], dryRun: false }
      const { items } = await consoleApi.post<MoveServicesResult>(servicesPath(workspace, 'move'), input)
      return items[0]
    },
  })
}

/** Sent by the console through the gateway's own listener; a failed call is a result, not an error. */
export function useSendTestRequest(workspace: string, service: string) {
  return useMutation({
    mutationFn: (input: TestRequestInput) =>
      consoleApi.post<TestRequestResult>(servicesPath(workspace, service, 'test-request'), input),
  })
}

function useSavedInferenceService(workspace: string) {
  const queryClient = useQueryClient()
  return (saved: InferenceService) => {
    queryClient.setQueryData(inferenceServiceQueries.detail(workspace, saved.id).queryKey, saved)
    return queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) })
  }
}

function servicesPath(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'inference-services', ...rest)
}
