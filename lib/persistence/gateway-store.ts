import type { Transaction } from './database.ts'
import type { Gateway as GatewayRow, Prisma } from './generated/sqlite/client.ts'
import { insertOrConflict } from './unique-violation.ts'
import { requireChanged } from './version-check.ts'

export type { GatewayRow }

/** Those of the workspace and the shared one, which everybody sees. Few enough for one page. */
export function listGateways(transaction: Transaction, workspaceId: string): Promise<GatewayRow[]> {
  return transaction.gateway.findMany({
    where: { OR: [{ workspaceId }, { workspaceId: null }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
}

/** Dedicated to the workspace. */
export function countGateways(transaction: Transaction, workspaceId: string): Promise<number> {
  return transaction.gateway.count({ where: { workspaceId } })
}

export function getGateway(
  transaction: Transaction,
  workspaceId: string,
  idOrName: string,
): Promise<GatewayRow | null> {
  return transaction.gateway.findFirst({
    where: {
      AND: [{ OR: [{ workspaceId }, { workspaceId: null }] }, { OR: [{ id: idOrName }, { name: idOrName }] }],
    },
  })
}

/** For the control plane, which serves gateways of every workspace. */
export function findGateway(transaction: Transaction, id: string): Promise<GatewayRow | null> {
  return transaction.gateway.findUnique({ where: { id } })
}

/** For objects that several gateways use. */
export function findGateways(transaction: Transaction, ids: readonly string[]): Promise<GatewayRow[]> {
  return transaction.gateway.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } })
}

export function listGatewayRevisions(transaction: Transaction): Promise<{ id: string; revision: number }[]> {
  return transaction.gateway.findMany({ select: { id: true, revision: true } })
}

/** The name is unique in the installation, because it is part of printed host names. */
export async function insertGateway(
  transaction: Transaction,
  row: Prisma.GatewayUncheckedCreateInput,
): Promise<void> {
  await insertOrConflict(`A gateway named ${row.name} exists already.`, () =>
    transaction.gateway.create({ data: row }),
  )
}

/** At their most, over all dedicated gateways of the installation. */
export async function countDedicatedNodes(transaction: Transaction): Promise<number> {
  const { _sum } = await transaction.gateway.aggregate({
    where: { workspaceId: { not: null } },
    _sum: { nodeCountMax: true },
  })
  return _sum.nodeCountMax ?? 0
}

/** Networks, ports, nodes and history go with it; its users must be gone before. */
export async function removeGateway(transaction: Transaction, id: string): Promise<void> {
  await transaction.workspace.updateMany({
    where: { defaultGatewayId: id },
    data: { defaultGatewayId: null },
  })
  await transaction.acmeChallenge.deleteMany({ where: { gatewayId: id } })
  await transaction.gateway.delete({ where: { id } })
}

export interface GatewayUser {
  readonly kind: string
  readonly id: string
  readonly name: string
}

/** What would lose its way if the gateway went, by kind and name. */
export async function usersOfGateway(transaction: Transaction, gatewayId: string): Promise<GatewayUser[]> {
  const query = {
    where: { gatewayId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  } as const
  const services = await transaction.inferenceService.findMany(query)
  const domains = await transaction.domain.findMany(query)
  const modelApis = await transaction.modelApi.findMany(query)
  const upstreams = await transaction.service.findMany(query)
  const sources = await transaction.source.findMany(query)
  return [
    ...services.map((row) => ({ kind: 'inference-service', ...row })),
    ...domains.map((row) => ({ kind: 'domain', ...row })),
    ...modelApis.map((row) => ({ kind: 'model-api', ...row })),
    ...upstreams.map((row) => ({ kind: 'service', ...row })),
    ...sources.map((row) => ({ kind: 'source', ...row })),
  ]
}

/** Services that live in another VPC than the one that their ALB gateway is to stand in. */
export function listServicesOutsideVpc(
  transaction: Transaction,
  gatewayId: string,
  vpcId: string,
): Promise<{ id: string; name: string }[]> {
  return transaction.inferenceService.findMany({
    where: { gatewayId, OR: [{ vpcId: null }, { vpcId: { not: vpcId } }] },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
}

export async function insertGatewayIfAbsent(
  transaction: Transaction,
  row: Prisma.GatewayUncheckedCreateInput,
): Promise<void> {
  await transaction.gateway.upsert({ where: { id: row.id }, create: row, update: {} })
}

export async function updateGateway(
  transaction: Transaction,
  { id, version }: { readonly id: string; readonly version: number },
  data: Prisma.GatewayUncheckedUpdateManyInput,
): Promise<GatewayRow> {
  const { count } = await transaction.gateway.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 } },
  })
  await requireChanged(count, () => findGateway(transaction, id))
  return transaction.gateway.findUniqueOrThrow({ where: { id } })
}

/** The number of the revision that the caller is about to write. Not an edit: the version stays. */
export async function nextGatewayRevision(transaction: Transaction, id: string): Promise<number> {
  const { revision } = await transaction.gateway.update({
    where: { id },
    data: { revision: { increment: 1 } },
    select: { revision: true },
  })
  return revision
}
