import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { CreateDomainForm, Domain, UpdateDomainInput } from '@/lib/domain/domain-name.ts'
import type { Page } from '@/lib/domain/object.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

export const domainQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'domains'] as const,
  /** `gateway` undefined: those of every gateway. */
  list: (workspace: string, gateway?: string) =>
    queryOptions({
      queryKey: [...domainQueries.all(workspace), 'list', gateway ?? null],
      queryFn: async ({ signal }) =>
        (
          await consoleApi.get<Page<Domain>>(path(workspace), {
            query: { gatewayId: gateway, limit: 200 },
            signal,
          })
        ).items,
    }),
  detail: (workspace: string, domain: string) =>
    queryOptions({
      queryKey: [...domainQueries.all(workspace), 'detail', domain],
      queryFn: ({ signal }) => consoleApi.get<Domain>(path(workspace, domain), { signal }),
    }),
}

export function useCreateDomain(workspace: string) {
  return useCreateMutation({
    create: (input: CreateDomainForm, idempotencyKey) =>
      consoleApi.post<Domain>(path(workspace), input, { idempotencyKey }),
    invalidates: [workspaceKey(workspace)],
  })
}

export function useUpdateDomain(workspace: string, domain: string) {
  return useDomainMutation(workspace, (input: UpdateDomainInput) =>
    consoleApi.patch<Domain>(path(workspace, domain), input),
  )
}

export function useDeleteDomain(workspace: string) {
  return useDomainMutation(workspace, ({ id }: Pick<Domain, 'id'>) => consoleApi.delete(path(workspace, id)))
}

/** The console asks the name servers now; the answer is the domain with what was found. */
export function useCheckDns(workspace: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Pick<Domain, 'id'>) => consoleApi.post<Domain>(path(workspace, id, 'check-dns')),
    onSuccess: (checked) => {
      queryClient.setQueryData(domainQueries.detail(workspace, checked.id).queryKey, checked)
      return queryClient.invalidateQueries({ queryKey: domainQueries.all(workspace) })
    },
  })
}

/** Orders the automatic certificate again after a failed order. */
export function useOrderCertificate(workspace: string) {
  return useDomainMutation(workspace, ({ id }: Pick<Domain, 'id'>) =>
    consoleApi.post<Domain>(path(workspace, id, 'order-certificate')),
  )
}

/** Services are called by these names, so everything of the workspace is asked again. */
function useDomainMutation<Input, Output>(workspace: string, run: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) }),
  })
}

function path(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'domains', ...rest)
}
