import type { Transaction } from './database.ts'
import type { PortAllocation as PortAllocationRow } from './generated/sqlite/client.ts'
import { insertOrConflict } from './unique-violation.ts'

export type { PortAllocationRow }

/** In the order of their numbers. */
export function listPortsOfGateway(
  transaction: Transaction,
  gatewayId: string,
): Promise<PortAllocationRow[]> {
  return transaction.portAllocation.findMany({ where: { gatewayId }, orderBy: { port: 'asc' } })
}

export async function listPortsOfService(
  transaction: Transaction,
  serviceId: string,
): Promise<readonly number[]> {
  const rows = await transaction.portAllocation.findMany({ where: { serviceId }, select: { port: true } })
  return rows.map(({ port }) => port)
}

export async function listTakenPorts(transaction: Transaction): Promise<ReadonlySet<number>> {
  const rows = await transaction.portAllocation.findMany({ select: { port: true } })
  return new Set(rows.map(({ port }) => port))
}

export interface PortHolder {
  readonly door: string
  readonly serviceId: string | null
  readonly gateway: { readonly name: string; readonly workspaceId: string | null }
}

export function findPortHolder(transaction: Transaction, port: number): Promise<PortHolder | null> {
  return transaction.portAllocation.findUnique({
    where: { port },
    select: { door: true, serviceId: true, gateway: { select: { name: true, workspaceId: true } } },
  })
}

export async function insertPort(
  transaction: Transaction,
  row: {
    readonly port: number
    readonly gatewayId: string
    readonly door: string
    readonly serviceId?: string
  },
): Promise<void> {
  await insertOrConflict(`Someone else took port ${row.port} meanwhile. Try again.`, () =>
    transaction.portAllocation.create({ data: row }),
  )
}

/** All of a service but those kept, which must be of this gateway. */
export async function removePortsOfService(
  transaction: Transaction,
  serviceId: string,
  kept: { readonly gatewayId: string; readonly ports: readonly number[] } = { gatewayId: '', ports: [] },
): Promise<void> {
  const { gatewayId, ports } = kept
  await transaction.portAllocation.deleteMany({
    where: { serviceId, NOT: { gatewayId, port: { in: [...ports] } } },
  })
}
