import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type {
  Consumer,
  Credential,
  createConsumerInput,
  createCredentialInput,
  rotateCredentialInput,
  UpdateConsumerInput,
} from '@/lib/domain/consumer.ts'
import type { Page } from '@/lib/domain/object.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { everyPage } from './every-page.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export const consumerQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'consumers'] as const,
  /** All of them: pages search also in what they may call, which the API does not. */
  list: (workspace: string) =>
    queryOptions({
      queryKey: [...consumerQueries.all(workspace), 'list'],
      queryFn: ({ signal }) =>
        everyPage((cursor) =>
          consoleApi.get<Page<Consumer>>(path(workspace), { query: { limit: 200, cursor }, signal }),
        ),
    }),
  /** `consumer` is an id or a name. */
  detail: (workspace: string, consumer: string) =>
    queryOptions({
      queryKey: [...consumerQueries.all(workspace), 'detail', consumer],
      queryFn: ({ signal }) => consoleApi.get<Consumer>(path(workspace, consumer), { signal }),
    }),
}

/** The answer holds the keys themselves, which are shown once. */
export function useCreateConsumer(workspace: string) {
  return useCreateMutation({
    create: (input: z.input<typeof createConsumerInput>, idempotencyKey) =>
      consoleApi.post<Consumer>(path(workspace), input, { idempotencyKey }),
    invalidates: [consumerQueries.all(workspace)],
    secret: true,
  })
}

export function useUpdateConsumer(workspace: string, consumer: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: UpdateConsumerInput) => consoleApi.patch<Consumer>(path(workspace, consumer), input),
    onSuccess: (saved) => {
      queryClient.setQueryData(consumerQueries.detail(workspace, saved.id).queryKey, saved)
      return queryClient.invalidateQueries({ queryKey: consumerQueries.all(workspace) })
    },
  })
}

export function useDeleteConsumer(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Pick<Consumer, 'id'>) => consoleApi.delete(path(workspace, id)),
    onSuccess: (_, { id }) =>
      queryClient.invalidateQueries({
        queryKey: consumerQueries.all(workspace),
        // Its own page is about to close: asking for it again would only find nothing.
        predicate: ({ queryKey }) => !queryKey.includes(id),
      }),
  })
}

/** The answer holds the key, which is shown once. */
export function useAddCredential(workspace: string, consumer: string) {
  return useCreateMutation({
    create: (input: z.input<typeof createCredentialInput>, idempotencyKey) =>
      consoleApi.post<Credential>(path(workspace, consumer, 'credentials'), input, { idempotencyKey }),
    invalidates: [consumerQueries.all(workspace)],
    secret: true,
  })
}

/** The answer holds the new key, which is shown once. */
export function useRotateCredential(workspace: string, consumer: string, credential: string) {
  return useCreateMutation({
    create: (input: z.input<typeof rotateCredentialInput>, idempotencyKey) =>
      consoleApi.post<Credential>(path(workspace, consumer, 'credentials', credential, 'rotate'), input, {
        idempotencyKey,
      }),
    invalidates: [consumerQueries.all(workspace)],
    secret: true,
  })
}

export function useRemoveCredential(workspace: string, consumer: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (credential: string) =>
      consoleApi.delete(path(workspace, consumer, 'credentials', credential)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: consumerQueries.all(workspace) }),
  })
}

function path(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'consumers', ...rest)
}
