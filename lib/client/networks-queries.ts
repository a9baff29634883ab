import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type * as z from 'zod'
import type { VpcConsent } from '@/lib/domain/gateway-network.ts'
import type {
  CreateVpcInput,
  CreateVSwitchInput,
  createSecurityGroupInput,
  SecurityGroup,
  UpdateVpcInput,
  UpdateVSwitchInput,
  updateSecurityGroupInput,
  Vpc,
  VSwitch,
} from '@/lib/domain/network.ts'
import type { Page } from '@/lib/domain/object.ts'
import { apiPath, consoleApi } from './console-api.ts'
import { useCreateMutation } from './use-create-mutation.ts'
import { workspaceKey } from './workspace-keys.ts'

/** VPCs, vSwitches and security groups of a workspace, and the gateways of others that ask for its VPCs. */
export const networkQueries = {
  all: (workspace: string) => [...workspaceKey(workspace), 'networks'] as const,
  vpcs: (workspace: string) =>
    queryOptions({
      queryKey: [...networkQueries.all(workspace), 'vpcs'],
      queryFn: async ({ signal }) => (await list<Vpc>(path(workspace, 'vpcs'), signal)).items,
    }),
  vpc: (workspace: string, vpc: string) =>
    queryOptions({
      queryKey: [...networkQueries.all(workspace), 'vpc', vpc],
      queryFn: ({ signal }) => consoleApi.get<Vpc>(path(workspace, 'vpcs', vpc), { signal }),
    }),
  /** `vpc` undefined: those of every VPC. */
  vswitches: (workspace: string, vpc?: string) =>
    queryOptions({
      queryKey: [...networkQueries.all(workspace), 'vswitches', vpc ?? null],
      queryFn: async ({ signal }) =>
        (await list<VSwitch>(path(workspace, 'vswitches'), signal, { vpcId: vpc })).items,
    }),
  securityGroups: (workspace: string) =>
    queryOptions({
      queryKey: [...networkQueries.all(workspace), 'security-groups'],
      queryFn: async ({ signal }) =>
        (await list<SecurityGroup>(path(workspace, 'security-groups'), signal)).items,
    }),
  consents: (workspace: string) =>
    queryOptions({
      queryKey: [...networkQueries.all(workspace), 'consents'],
      queryFn: async ({ signal }) => (await list<VpcConsent>(path(workspace, 'vpc-consents'), signal)).items,
    }),
}

export function useCreateVpc(workspace: string) {
  return useCreateMutation({
    create: (input: CreateVpcInput, idempotencyKey) =>
      consoleApi.post<Vpc>(path(workspace, 'vpcs'), input, { idempotencyKey }),
    invalidates: [networkQueries.all(workspace)],
  })
}

export function useUpdateVpc(workspace: string, vpc: string) {
  return useSave(workspace, (input: UpdateVpcInput) =>
    consoleApi.patch<Vpc>(path(workspace, 'vpcs', vpc), input),
  )
}

/** Refused with `in_use` while something stands in it. */
export function useDeleteVpc(workspace: string) {
  return useSave(workspace, ({ id }: Pick<Vpc, 'id'>) => consoleApi.delete(path(workspace, 'vpcs', id)))
}

export function useCreateVSwitch(workspace: string) {
  return useCreateMutation({
    create: (input: CreateVSwitchInput, idempotencyKey) =>
      consoleApi.post<VSwitch>(path(workspace, 'vswitches'), input, { idempotencyKey }),
    invalidates: [networkQueries.all(workspace)],
  })
}

export function useUpdateVSwitch(workspace: string, vswitch: string) {
  return useSave(workspace, (input: UpdateVSwitchInput) =>
    consoleApi.patch<VSwitch>(path(workspace, 'vswitches', vswitch), input),
  )
}

export function useDeleteVSwitch(workspace: string) {
  return useSave(workspace, ({ id }: Pick<VSwitch, 'id'>) =>
    consoleApi.delete(path(workspace, 'vswitches', id)),
  )
}

export function useCreateSecurityGroup(workspace: string) {
  return useCreateMutation({
    create: (input: z.input<typeof createSecurityGroupInput>, idempotencyKey) =>
      consoleApi.post<SecurityGroup>(path(workspace, 'security-groups'), input, { idempotencyKey }),
    invalidates: [networkQueries.all(workspace)],
  })
}

export function useUpdateSecurityGroup(workspace: string, group: string) {
  return useSave(workspace, (input: z.input<typeof updateSecurityGroupInput>) =>
    consoleApi.patch<SecurityGroup>(path(workspace, 'security-groups', group), input),
  )
}

export function useDeleteSecurityGroup(workspace: string) {
  return useSave(workspace, ({ id }: Pick<SecurityGroup, 'id'>) =>
    consoleApi.delete(path(workspace, 'security-groups', id)),
  )
}

/** Lets a gateway of another workspace into a VPC of this one, or not. */
export function useAnswerVpcConsent(workspace: string) {
  return useSave(
    workspace,
    ({
      id,
      version,
      consent,
    }: Pick<VpcConsent, 'id' | 'version'> & { readonly consent: 'granted' | 'declined' }) =>
      consoleApi.put<VpcConsent>(path(workspace, 'vpc-consents', id), { consent, version }),
  )
}

/** Gateways and services show the networks that they stand in, so everything of the workspace is asked again. */
function useSave<Input, Output>(workspace: string, save: (input: Input) => Promise<Output>) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: save,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: workspaceKey(workspace) }),
  })
}

function list<T>(
  address: string,
  signal: AbortSignal,
  query: Readonly<Record<string, string | undefined>> = {},
): Promise<Page<T>> {
  return consoleApi.get<Page<T>>(address, { query: { ...query, limit: 200 }, signal })
}

function path(workspace: string, ...rest: readonly string[]): string {
  return apiPath('workspaces', workspace, ...rest)
}
