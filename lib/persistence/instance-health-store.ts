import type { InstanceHealthState } from '@/lib/domain/inference-service.ts'
import type { Transaction } from './database.ts'
import type { InstanceHealth as InstanceHealthRow } from './generated/sqlite/client.ts'

export type { InstanceHealthRow }

const idsPerQuery = 500

/** By instance, as nodes seen since `aliveSince` last reported it. */
export async function healthOfInstances(
  transaction: Transaction,
  instanceIds: readonly string[],
  aliveSince: Date,
): Promise<Map<string, InstanceHealthRow[]>> {
  const found = new Map<string, InstanceHealthRow[]>()
  if (instanceIds.length === 0) return found
  const alive = await transaction.gatewayNode.findMany({
    where: { seenAt: { gte: aliveSince } },
    select: { id: true },
  })
  const nodeId = { in: alive.map((node) => node.id) }
  for (let start = 0; start < instanceIds.length; start += idsPerQuery) {
    const instanceId = { in: instanceIds.slice(start, start + idsPerQuery) }
    for (const row of await transaction.instanceHealth.findMany({ where: { instanceId, nodeId } })) {
      found.set(row.instanceId, [...(found.get(row.instanceId) ?? []), row])
    }
  }
  return found
}

export interface HealthInsert {
  readonly instanceId: string
  readonly state: InstanceHealthState
  readonly reason: string | null
  readonly since: Date
  /** When an ejection or a pause ends. */
  readonly until: Date | null
  readonly checkedAt: Date | null
}

/** The node's whole list: what it no longer names is forgotten. */
export async function replaceHealthOfNode(
  transaction: Transaction,
  nodeId: string,
  reports: readonly HealthInsert[],
): Promise<void> {
  await transaction.instanceHealth.deleteMany({ where: { nodeId } })
  await insertNewest(transaction, nodeId, reports)
}

/** Some of the node's instances: what it does not name stays as it was. */
export async function addHealthOfNode(
  transaction: Transaction,
  nodeId: string,
  reports: readonly HealthInsert[],
): Promise<void> {
  for (let start = 0; start < reports.length; start += idsPerQuery) {
    const instanceId = { in: reports.slice(start, start + idsPerQuery).map((report) => report.instanceId) }
    await transaction.instanceHealth.deleteMany({ where: { nodeId, instanceId } })
  }
  await insertNewest(transaction, nodeId, reports)
}

async function insertNewest(
  transaction: Transaction,
  nodeId: string,
  reports: readonly HealthInsert[],
): Promise<void> {
  if (reports.length === 0) return
  const newest = new Map(reports.map((report) => [report.instanceId, { ...report, nodeId }]))
  await transaction.instanceHealth.createMany({ data: [...newest.values()] })
}

/** Of instances that were taken away since their node last sent its whole list. */
export async function purgeStrayHealth(transaction: Transaction): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM "InstanceHealth" WHERE NOT EXISTS
      (SELECT 1 FROM "Instance" WHERE "Instance"."id" = "InstanceHealth"."instanceId")
    AND NOT EXISTS
      (SELECT 1 FROM "Service" WHERE "Service"."id" = "InstanceHealth"."instanceId")
    AND NOT EXISTS
      (SELECT 1 FROM "DiscoveredEndpoint" WHERE "DiscoveredEndpoint"."instanceId" = "InstanceHealth"."instanceId")`
}
