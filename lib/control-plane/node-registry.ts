import { type Database, inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { insertHealthEvents, purgeHealthEvents } from '@/lib/persistence/health-event-store.ts'
import {
  addHealthOfNode,
  purgeStrayHealth,
  replaceHealthOfNode,
} from '@/lib/persistence/instance-health-store.ts'
import { purgeNodes, saveNode } from '@/lib/persistence/node-store.ts'
import { insertRequests, modelApisOfGateway, pruneRequests } from '@/lib/persistence/request-store.ts'
import { addRollups } from '@/lib/persistence/rollup-store.ts'
import { purgeStrayServiceStates, saveServiceSights } from '@/lib/persistence/service-state-store.ts'
import { touchServiceTokens } from '@/lib/persistence/service-token-store.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import { createId, firstIdAt } from '@/lib/platform/id.ts'
import type { InstanceHealthReport, NodeReport, RequestRollup } from '@/lib/snapshot/node-report.ts'
import { toRequestRows } from './request-rows.ts'
import { toSights } from './service-sights.ts'
import { storable } from './storable.ts'
import type { WorkspaceEvents } from './workspace-events.ts'

/** A node that has not been heard of for this long is lost. */
export const lostAfterMs = 15_000
/** An unchanged node is written down this often, so that its row does not look lost. */
const heartbeatEveryMs = 5_000
const forgottenAfterMs = 24 * 3_600_000
const eventsKeptMs = 7 * 86_400_000
const eventsKeptPerService = 1000
/** An instance that flaps must not fill the disk until the next tidying. */
const eventsBetweenPurges = 5000
const requestsKeptMs = 7 * 86_400_000
const requestsKept = { records: 100_000, contents: 5_000 }
/** Busy Model APIs must not fill the disk until the next tidying either. */
const requestsBetweenPurges = 10_000

/** Takes what nodes report into the database, at once when something changed and rarely when nothing did. */
export class NodeRegistry {
  readonly #database: Database
  readonly #clock: Clock
  readonly #events: WorkspaceEvents
  readonly #masterKey: Uint8Array
  readonly #saved = new Map<string, { at: number; facts: string }>()
  /** When each node that is not lost was last heard of. */
  readonly #heard = new Map<string, number>()
  #eventsSincePurge = 0
  #requestsSincePurge = 0

  constructor(options: {
    database: Database
    clock: Clock
    events: WorkspaceEvents
    masterKey: Uint8Array
  }) {
    this.#masterKey = options.masterKey
    this.#database = options.database
    this.#clock = options.clock
    this.#events = options.events
  }

  /** `report.gatewayId` names an existing gateway. */
  async take(told: NodeReport): Promise<void> {
    const report = { ...told, ...storableNews(told) }
    const now = this.#clock.now()
    this.#heard.set(report.nodeId, now)
    const saved = this.#saved.get(report.nodeId)
    const facts = transitionsOf(report)
    const changed = saved?.facts !== facts
    const due = changed || saved === undefined || now - saved.at >= heartbeatEveryMs
    const { instances, upstreamServices, healthEvents, rollups, records } = report
    const isSilent = instances === null && upstreamServices === null && records.length === 0
    if (!due && isSilent && healthEvents.length === 0 && rollups.length === 0) return
    await inTransaction(this.#database, async (transaction) => {
      await saveNode(transaction, nodeRow(report, now))
      // First, so that an endpoint's history finds the endpoint.
      if (upstreamServices !== null)
        await saveServiceSights(transaction, report.nodeId, toSights(upstreamServices))
      await saveHealth(transaction, report, now)
      await addRollups(transaction, report.gatewayId, rollups)
      await touchServiceTokens(transaction, lastUses(rollups))
      await this.#saveRequests(transaction, report, now)
    })
    await this.#boundHistory(healthEvents.length, records.length)
    this.#saved.set(report.nodeId, { at: now, facts })
    if (changed) this.#events.emitToAll({ kind: 'gateway-node', id: report.nodeId, version: report.revision })
    if (upstreamServices !== null)
      this.#events.emitToAll({ kind: 'service-state', id: report.nodeId, version: null })
    if (instances !== null || healthEvents.length > 0)
      this.#events.emitToAll({ kind: 'instance-health', id: report.nodeId, version: null })
    if (rollups.length > 0) this.#events.emitToAll({ kind: 'traffic', id: report.gatewayId, version: null })
  }

  /** Pages learn at once that a node has fallen silent. */
  announceLost(): void {
    const now = this.#clock.now()
    for (const [id, heardAt] of this.#heard) {
      if (now - heardAt <= lostAfterMs) continue
      this.#heard.delete(id)
      this.#saved.delete(id)
      this.#events.emitToAll({ kind: 'gateway-node', id, version: null })
    }
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.#clock.now() - forgottenAfterMs)
    await inTransaction(this.#database, async (transaction) => {
      await purgeNodes(transaction, before)
      await purgeStrayServiceStates(transaction)
      await purgeStrayHealth(transaction)
    })
    await this.#purgeEvents()
    await this.#purgeRequests()
  }

  async #saveRequests(transaction: Transaction, report: NodeReport, now: number): Promise<void> {
    const { records, gatewayId, nodeId } = report
    if (records.length === 0) return
    const workspaces = await modelApisOfGateway(
      transaction,
      gatewayId,
      new Set(records.map(({ modelApiId }) => modelApiId)),
    )
    const place = { gatewayId, nodeId, isDebug: false, workspaces, masterKey: this.#masterKey }
    await insertRequests(transaction, toRequestRows(records, place, now))
  }

  async #boundHistory(events: number, requests: number): Promise<void> {
    this.#eventsSincePurge += events
    if (this.#eventsSincePurge >= eventsBetweenPurges) await this.#purgeEvents()
    this.#requestsSincePurge += requests
    if (this.#requestsSincePurge >= requestsBetweenPurges) await this.#purgeRequests()
  }

  async #purgeRequests(): Promise<void> {
    this.#requestsSincePurge = 0
    const since = firstIdAt('rec', this.#clock.now() - requestsKeptMs)
    await inTransaction(this.#database, (transaction) => pruneRequests(transaction, since, requestsKept))
  }

  async #purgeEvents(): Promise<void> {
    this.#eventsSincePurge = 0
    const before = new Date(this.#clock.now() - eventsKeptMs)
    await inTransaction(this.#database, (transaction) =>
      purgeHealthEvents(transaction, before, eventsKeptPerService),
    )
  }
}

/** Reasons are made of what services and registries answer. */
function storableNews({ instances, upstreamServices, healthEvents }: NodeReport) {
  return storable({ instances, upstreamServices, healthEvents })
}

/** What the console shows at once; counters may lag behind. */
function transitionsOf({ state, revision, refused, pid, listeners }: NodeReport): string {
  return JSON.stringify([state, revision, refused, pid, listeners])
}

function nodeRow(report: NodeReport, now: number) {
  return {
    id: report.nodeId,
    gatewayId: report.gatewayId,
    host: report.host,
    pid: report.pid,
    programVersion: report.version,
    state: report.state,
    listeners: report.listeners,
    revision: report.revision,
    appliedAt: report.appliedAt === null ? null : new Date(report.appliedAt),
    refusedRevision: report.refused?.revision ?? null,
    refusedReason: report.refused?.reason ?? null,
    openRequests: report.openRequests,
    connections: report.connections,
    residentBytes: BigInt(Math.round(report.residentBytes)),
    rollupsDropped: report.rollupsDropped,
    startedAt: new Date(report.startedAt),
    seenAt: new Date(now),
  }
}

async function saveHealth(
  transaction: Transaction,
  { nodeId, instances, healthEvents }: NodeReport,
  now: number,
): Promise<void> {
  if (instances !== null) {
    const save = instances.isWhole ? replaceHealthOfNode : addHealthOfNode
    await save(transaction, nodeId, instances.items.map(healthRow))
  }
  // In the order of the report, also where several happened within one millisecond.
  const ids = healthEvents.map(() => createId('hev', now)).sort()
  await insertHealthEvents(
    transaction,
    healthEvents.map(({ instanceId, at, state, reason }, index) => ({
      id: String(ids[index]),
      instanceId,
      nodeId,
      // A node whose clock is ahead must not put its events above all later ones.
      at: new Date(Math.min(at, now)),
      state,
      reason,
    })),
  )
}

function healthRow({ instanceId, state, reason, since, until, checkedAt }: InstanceHealthReport) {
  return {
    instanceId,
    state,
    reason,
    since: new Date(since),
    until: until === null ? null : new Date(until),
    checkedAt: checkedAt === null ? null : new Date(checkedAt),
  }
}

function lastUses(rollups: readonly RequestRollup[]): ReadonlyMap<string, Date> {
  const latest = new Map<string, Date>()
  for (const { tokenId, minute } of rollups) {
    const known = tokenId === null ? undefined : latest.get(tokenId)
    if (tokenId !== null && (known === undefined || known.getTime() < minute))
      latest.set(tokenId, new Date(minute))
  }
  return latest
}
