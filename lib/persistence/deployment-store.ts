import type { Transaction } from './database.ts'
import type { Gateway, HostReport as HostReportRow, PortAllocation, Vpc } from './generated/sqlite/client.ts'
import type { JsonInput } from './json-null.ts'

export type { HostReportRow }

export interface DeployedGateway {
  readonly gateway: Gateway
  readonly ports: readonly PortAllocation[]
  /** The `nlb` column of each of its services that has listeners. */
  readonly services: readonly unknown[]
  readonly authoritativeVpc: Vpc | null
}

/** Every gateway with what hosts must know of it, by id, in a fixed number of queries. */
export async function listDeployedGateways(transaction: Transaction): Promise<DeployedGateway[]> {
  const gateways = await transaction.gateway.findMany({
    include: {
      ports: { orderBy: { port: 'asc' } },
      vpcLinks: { where: { side: 'vpc', authoritativeDns: true, consent: 'granted' } },
    },
    orderBy: { id: 'asc' },
  })
  const vpcIds = gateways.flatMap(({ vpcLinks }) => vpcLinks.map(({ vpcId }) => vpcId))
  const vpcs = await transaction.vpc.findMany({ where: { id: { in: vpcIds } } })
  const serviceIds = gateways.flatMap(({ ports }) => ports.flatMap(({ serviceId }) => serviceId ?? []))
  const services = await transaction.inferenceService.findMany({
    where: { id: { in: [...new Set(serviceIds)] } },
    select: { gatewayId: true, nlb: true },
    orderBy: { id: 'asc' },
  })
  return gateways.map(({ ports, vpcLinks, ...gateway }) => ({
    gateway,
    ports,
    services: services.flatMap(({ gatewayId, nlb }) => (gatewayId === gateway.id ? [nlb] : [])),
    authoritativeVpc: vpcs.find(({ id }) => id === vpcLinks[0]?.vpcId) ?? null,
  }))
}

export async function saveHostReport(
  transaction: Transaction,
  { host, report, seenAt }: { readonly host: string; readonly report: unknown; readonly seenAt: Date },
): Promise<void> {
  const data = { report: report as JsonInput, seenAt }
  await transaction.hostReport.upsert({ where: { host }, create: { host, ...data }, update: data })
}

export function listHostReports(transaction: Transaction, seenSince: Date): Promise<HostReportRow[]> {
  return transaction.hostReport.findMany({ where: { seenAt: { gte: seenSince } }, orderBy: { host: 'asc' } })
}

export async function purgeHostReports(transaction: Transaction, seenBefore: Date): Promise<void> {
  await transaction.hostReport.deleteMany({ where: { seenAt: { lt: seenBefore } } })
}
