import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type {
  addVpcInput,
  Connectivity,
  connectivityInput,
  Gateway,
  GatewayVpcLink,
  internetInput,
  UpdateVpcLinkInput,
} from '@/lib/domain/gateway.ts'
import type { Whitelist } from '@/lib/domain/whitelist.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { gatewayQueries } from './gateways-queries.ts'
import { useCreateMutation } from './use-create-mutation.ts'

/** Whose list: the Internet side's, or that of one VPC of the gateway. */
export type WhitelistPlace = 'internet' | { readonly link: string }

export interface WhitelistBlock {
  readonly cidr: string
  readonly note: string
}

export const gatewayAccessQueries = {
  all: (workspace: string, gateway: string) => [...gatewayQueries.all(workspace), 'access', gateway] as const,
  vpcs: (workspace: string, gateway: string) =>
    queryOptions({
      queryKey: [...gatewayAccessQueries.all(workspace, gateway), 'vpcs'],
      queryFn: async ({ signal }) =>
        (
          await consoleApi.get<{ items: readonly GatewayVpcLink[] }>(path(workspace, gateway, 'vpcs'), {
            signal,
          })
        ).items,
    }),
  whitelist: (workspace: string, gateway: string, place: WhitelistPlace) =>
    queryOptions({
      queryKey: [...gatewayAccessQueries.all(workspace, gateway), 'whitelist', place],
      queryFn: ({ signal }) =>
        consoleApi.get<Whitelist>(whitelistPath(workspace, gateway, place), { signal }),
    }),
}

export function useSetInternet(workspace: string, gateway: string) {
  return useAccessMutation(workspace, (input: z.input<typeof internetInput>) =>
    consoleApi.put<Gateway>(path(workspace, gateway, 'internet'), input),
  )
}

export function useAddVpc(workspace: string, gateway: string) {
  return useCreateMutation({
    create: (input: z.input<typeof addVpcInput>, idempotencyKey) =>
      consoleApi.post<GatewayVpcLink>(path(workspace, gateway, 'vpcs'), input, { idempotencyKey }),
    invalidates: [gatewayQueries.all(workspace)],
  })
}

export function useUpdateVpcLink(workspace: string, gateway: string) {
  return useAccessMutation(workspace, ({ link, ...input }: UpdateVpcLinkInput & { readonly link: string }) =>
    consoleApi.patch<GatewayVpcLink>(path(workspace, gateway, 'vpcs', link), input),
  )
}

export function useRemoveVpc(workspace: string, gateway: string) {
  return useAccessMutation(workspace, (link: string) =>
    consoleApi.delete(path(workspace, gateway, 'vpcs', link)),
  )
}

/** Writes the whole list: shown at once, taken back when the console refuses it. */
export function useSetWhitelist(workspace: string, gateway: string, place: WhitelistPlace) {
  const queryClient = useQueryClient()
  const { queryKey } = gatewayAccessQueries.whitelist(workspace, gateway, place)
  return useMutation({
    mutationFn: (blocks: readonly WhitelistBlock[]) =>
      consoleApi.put<Whitelist>(
        whitelistPath(workspace, gateway, place),
        blocks.map(({ cidr, note }) => ({ cidr, note })),
      ),
    onMutate: async (blocks) => {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData(queryKey)
      // Only what goes is shown at once: what comes has no author and no time yet.
      if (before) {
        const kept = new Set(blocks.map(({ cidr }) => cidr))
        queryClient.setQueryData(queryKey, {
          ...before,
          items: before.items.filter(({ cidr }) => kept.has(cidr)),
        })
      }
      return before
    },
    onError: (_error, _blocks, before) => queryClient.setQueryData(queryKey, before),
    onSuccess: (saved) => queryClient.setQueryData(queryKey, saved),
    onSettled: () => queryClient.invalidateQueries({ queryKey: gatewayQueries.all(workspace) }),
  })
}

export function useCheckConnectivity(workspace: string, gateway: string) {
  return useMutation({
    mutationFn: (input: z.input<typeof connectivityInput>) =>
      consoleApi.post<Connectivity>(path(workspace, gateway, 'check-connectivity'), input),
  })
}

/** Lists, addresses and steps all follow what a side is, so everything of the gateways is asked again. */
function useAccessMutation<Input, Output>(workspace: string, run: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: gatewayQueries.all(workspace) }),
  })
}

function whitelistPath(workspace: string, gateway: string, place: WhitelistPlace): string {
  return place === 'internet'
    ? path(workspace, gateway, 'internet', 'whitelist')
    : path(workspace, gateway, 'vpcs', place.link, 'whitelist')
}

function path(workspace: string, gateway: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, 'gateways', gateway, ...rest)
}
