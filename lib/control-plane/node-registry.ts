import { type Database, inTransaction } from '@/lib/persistence/database.ts'
import { replaceHealthOfNode } from '@/lib/persistence/instance-health-store.ts'
import { purgeNodes, saveNode } from '@/lib/persistence/node-store.ts'
import { addRollups } from '@/lib/persistence/rollup-store.ts'
import { touchServiceTokens } from '@/lib/persistence/service-token-store.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { InstanceHealthReport, NodeReport, RequestRollup } from '@/lib/snapshot/node-report.ts'
import type { WorkspaceEvents } from './workspace-events.ts'

/** A node that has not been heard of for this long is lost. */
export const lostAfterMs = 15_000
/** An unchanged node is written down this often, so that its row does not look lost. */
const heartbeatEveryMs = 5_000
const forgottenAfterMs = 24 * 3_600_000

/** Takes what nodes report into the database, at once when something changed and rarely when nothing did. */
export class NodeRegistry {
  readonly #database: Database
  readonly #clock: Clock
  readonly #events: WorkspaceEvents
  readonly #saved = new Map<string, { at: number; facts: string }>()
  /** When each node that is not lost was last heard of. */
  readonly #heard = new Map<string, number>()

  constructor(options: { database: Database; clock: Clock; events: WorkspaceEvents }) {
    this.#database = options.database
    this.#clock = options.clock
    this.#events = options.events
  }

  /** `report.gatewayId` names an existing gateway. */
  async take(report: NodeReport): Promise<void> {
    const now = this.#clock.now()
    this.#heard.set(report.nodeId, now)
    const saved = this.#saved.get(report.nodeId)
    const facts = transitionsOf(report)
    const changed = saved?.facts !== facts
    const due = changed || saved === undefined || now - saved.at >= heartbeatEveryMs
    const { instances, rollups } = report
    if (!due && instances === null && rollups.length === 0) return
    await inTransaction(this.#database, async (transaction) => {
      await saveNode(transaction, nodeRow(report, now))
      if (instances !== null) await replaceHealthOfNode(transaction, report.nodeId, instances.map(healthRow))
      await addRollups(transaction, report.gatewayId, rollups)
      await touchServiceTokens(transaction, lastUses(rollups))
    })
    this.#saved.set(report.nodeId, { at: now, facts })
    if (changed) this.#events.emitToAll({ kind: 'gateway-node', id: report.nodeId, version: report.revision })
    if (instances !== null)
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
    await inTransaction(this.#database, (transaction) => purgeNodes(transaction, before))
  }
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
    residentBytes: BigInt(Math.round(report.residentBytes)),
    rollupsDropped: report.rollupsDropped,
    startedAt: new Date(report.startedAt),
    seenAt: new Date(now),
  }
}

function healthRow({ instanceId, state, reason, since, checkedAt }: InstanceHealthReport) {
  const checked = checkedAt === null ? null : new Date(checkedAt)
  return { instanceId, state, reason, since: new Date(since), checkedAt: checked }
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
