import { type Database, inTransaction } from '@/lib/persistence/database.ts'
import { listHostReports, purgeHostReports, saveHostReport } from '@/lib/persistence/deployment-store.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import { type DeploymentReport, deploymentReport } from '@/lib/snapshot/deployment.ts'
import type { WorkspaceEvents } from './workspace-events.ts'

/** A host that has not been heard of for this long says nothing about the present. */
export const hostLostAfterMs = 15_000
const heartbeatEveryMs = 5_000
const forgottenAfterMs = 24 * 3_600_000

export interface HostState extends DeploymentReport {
  readonly seenAt: number
}

/** Keeps what each host last said of the gateways that it runs. */
export class HostRegistry {
  readonly #database: Database
  readonly #clock: Clock
  readonly #events: WorkspaceEvents
  readonly #saved = new Map<string, { at: number; facts: string }>()

  constructor(options: { database: Database; clock: Clock; events: WorkspaceEvents }) {
    this.#database = options.database
    this.#clock = options.clock
    this.#events = options.events
  }

  async take(report: DeploymentReport): Promise<void> {
    const now = this.#clock.now()
    const saved = this.#saved.get(report.host)
    const facts = transitionsOf(report)
    const changed = saved?.facts !== facts
    if (!changed && saved !== undefined && now - saved.at < heartbeatEveryMs) return
    await inTransaction(this.#database, (transaction) =>
      saveHostReport(transaction, { host: report.host, report, seenAt: new Date(now) }),
    )
    this.#saved.set(report.host, { at: now, facts })
    if (changed) this.#events.emitToAll({ kind: 'gateway', id: report.host, version: null })
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.#clock.now() - forgottenAfterMs)
    await inTransaction(this.#database, (transaction) => purgeHostReports(transaction, before))
  }
}

/** What hosts say now; those that fell silent are left out. */
export async function presentHosts(
  database: Parameters<typeof listHostReports>[0],
  now: number,
): Promise<readonly HostState[]> {
  const rows = await listHostReports(database, new Date(now - hostLostAfterMs))
  return rows.flatMap(({ report, seenAt }) => {
    const parsed = deploymentReport.safeParse(report)
    return parsed.success ? [{ ...parsed.data, seenAt: seenAt.getTime() }] : []
  })
}

/** What pages show; how busy nodes are moves all the time. */
function transitionsOf({ gateways, nameServer }: DeploymentReport): string {
  return JSON.stringify([gateways.map(({ utilization: _moves, ...rest }) => rest), nameServer])
}
