import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type {
  addVpcInput,
  Connectivity,
  connectivityInput,
  GatewayVpcLink,
  internetInput,
  UpdateVpcLinkInput,
} from '@/lib/domain/gateway-network.ts'
import type { Whitelist } from '@/lib/domain/whitelist.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { ConsoleApiError } from './console-api-error.ts'
import { changedBlocks, type WhitelistChange } from './gateway-whitelist.ts'
import { gatewayQueries } from './gateways-queries.ts'
import { useCreateMutation } from './use-create-mutation.ts'

/** Whose list: the Internet side's, or that of one VPC of the gateway. */
export type WhitelistPlace = 'internet' | { readonly link: string }

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

/**
 * Changes the newest list, whoever changed it meanwhile; one change after the other. What is taken out goes at
 * once and comes back when the console refuses; what is added has no author or time before the console answers.
 */
export function useChangeWhitelist(workspace: string, gateway: string, place: WhitelistPlace) {
  const queryClient = useQueryClient()
  const { queryKey } = gatewayAccessQueries.whitelist(workspace, gateway, place)
  return useMutation({
    scope: { id: queryKey.join(' ') },
    mutationFn: (change: WhitelistChange) => changeNewest(whitelistPath(workspace, gateway, place), change),
    onMutate: async ({ remove = [] }) => {
      await queryClient.cancelQueries({ queryKey })
      queryClient.setQueryData(
        queryKey,
        (shown) => shown && { ...shown, items: shown.items.filter(({ cidr }) => !remove.includes(cidr)) },
      )
    },
    onSuccess: (saved) => queryClient.setQueryData(queryKey, saved),
    onSettled: () => queryClient.invalidateQueries({ queryKey: gatewayQueries.all(workspace) }),
  })
}

async function changeNewest(address: string, change: WhitelistChange, tries = 3): Promise<Whitelist> {
  const { items, version } = await consoleApi.get<Whitelist>(address)
  try {
    return await consoleApi.put<Whitelist>(address, changedBlocks(items, change), { ifMatch: version })
  } catch (error) {
    const isRace = error instanceof ConsoleApiError && error.code === 'version_conflict'
    if (!isRace || tries === 1) throw error
    return await changeNewest(address, change, tries - 1)
  }
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
