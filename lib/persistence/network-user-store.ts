import type { NetworkUser } from '@/lib/domain/network.ts'
import type { Transaction } from './database.ts'

/** Who uses what, by the id of what is used; in a fixed number of queries however many are asked for. */
export type UsersById = ReadonlyMap<string, readonly NetworkUser[]>

/** A gateway's link that its VPC's workspace has not agreed to uses nothing, and neither do names of such a gateway. */
export async function usersOfVpcs(
  transaction: Transaction,
  ids: readonly string[],
  workspaceId: string,
): Promise<UsersById> {
  const vpcId = { in: [...ids] }
  const users = new Users()
  const links = await transaction.gatewayVpcLink.findMany({
    where: { vpcId, OR: [{ consent: 'granted' }, { gateway: { workspaceId } }] },
    include: { gateway: { select: { id: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  for (const { vpcId: id, gateway } of links) users.add(id, { kind: 'gateway', ...gateway })
  const services = await transaction.inferenceService.findMany({
    where: { vpcId },
    select: { id: true, name: true, vpcId: true },
    orderBy: { name: 'asc' },
  })
  for (const { vpcId: of, ...rest } of services) users.add(of, { kind: 'inference-service', ...rest })
  const domains = await transaction.domain.findMany({
    where: { vpcId, workspaceId },
    select: { id: true, name: true, vpcId: true },
    orderBy: { name: 'asc' },
  })
  for (const { vpcId: of, ...rest } of domains) users.add(of, { kind: 'domain', ...rest })
  const vswitches = await transaction.vSwitch.findMany({
    where: { vpcId },
    select: { id: true, name: true, vpcId: true },
    orderBy: { name: 'asc' },
  })
  for (const { vpcId: of, ...rest } of vswitches) users.add(of, { kind: 'vswitch', ...rest })
  return users.byId
}

/** Here too, a link that was not agreed to uses nothing. */
export async function usersOfVSwitches(
  transaction: Transaction,
  vswitches: readonly { readonly id: string; readonly vpcId: string }[],
  workspaceId: string,
): Promise<UsersById> {
  const users = new Users()
  const ids = vswitches.map(({ id }) => id)
  const links = await transaction.gatewayVpcLink.findMany({
    where: {
      vpcId: { in: vswitches.map(({ vpcId }) => vpcId) },
      OR: [{ consent: 'granted' }, { gateway: { workspaceId } }],
    },
    include: { gateway: { select: { id: true, name: true } } },
    orderBy: { id: 'asc' },
  })
  for (const { vswitchIds, gateway } of links) {
    for (const id of Array.isArray(vswitchIds) ? vswitchIds : []) {
      if (typeof id === 'string' && ids.includes(id)) users.add(id, { kind: 'gateway', ...gateway })
    }
  }
  const services = await transaction.inferenceService.findMany({
    where: { vswitchId: { in: ids } },
    select: { id: true, name: true, vswitchId: true },
    orderBy: { name: 'asc' },
  })
  for (const { vswitchId: of, ...rest } of services) users.add(of, { kind: 'inference-service', ...rest })
  return users.byId
}

export async function usersOfSecurityGroups(
  transaction: Transaction,
  ids: readonly string[],
): Promise<UsersById> {
  const users = new Users()
  const services = await transaction.inferenceService.findMany({
    where: { securityGroupId: { in: [...ids] } },
    select: { id: true, name: true, securityGroupId: true },
    orderBy: { name: 'asc' },
  })
  for (const { securityGroupId: of, ...rest } of services)
    users.add(of, { kind: 'inference-service', ...rest })
  return users.byId
}

/** The gateways that the VPC's workspace lets its callers in to: their snapshots say something of it. */
export async function gatewaysOfVpc(
  transaction: Transaction,
  vpcId: string,
): Promise<{ id: string; workspaceId: string | null }[]> {
  return transaction.gateway.findMany({
    where: { vpcLinks: { some: { vpcId, consent: 'granted' } } },
    select: { id: true, workspaceId: true },
    orderBy: { id: 'asc' },
  })
}

/** The gateways of the services that follow the group's rules. */
export async function gatewaysOfSecurityGroup(
  transaction: Transaction,
  securityGroupId: string,
): Promise<{ id: string; workspaceId: string | null }[]> {
  return transaction.gateway.findMany({
    where: { inferenceServices: { some: { securityGroupId } } },
    select: { id: true, workspaceId: true },
    orderBy: { id: 'asc' },
  })
}

/** With the VPC go the requests for it that nobody granted. Answers the gateways that asked. */
export async function removeIdleLinks(
  transaction: Transaction,
  vpcId: string,
): Promise<{ id: string; workspaceId: string | null }[]> {
  const idle = { vpcId, consent: { not: 'granted' } } as const
  const gateways = await transaction.gateway.findMany({
    where: { vpcLinks: { some: idle } },
    select: { id: true, workspaceId: true },
    orderBy: { id: 'asc' },
  })
  await transaction.gatewayVpcLink.deleteMany({ where: idle })
  // As when the last VPC is taken from a gateway: its side is off.
  await transaction.gateway.updateMany({
    where: { id: { in: gateways.map(({ id }) => id) }, vpcLinks: { none: { side: 'vpc' } } },
    data: { vpcEnabled: false, version: { increment: 1 } },
  })
  return gateways
}

class Users {
  readonly byId = new Map<string, NetworkUser[]>()

  add(id: string | null, user: NetworkUser): void {
    if (id === null) return
    const known = this.byId.get(id) ?? []
    if (!known.some((other) => other.id === user.id)) known.push(user)
    this.byId.set(id, known)
  }
}
