import { type Database, databaseKind, inTransaction } from '@/lib/persistence/database.ts'
import { listGatewayRevisions } from '@/lib/persistence/gateway-store.ts'
import { purgeRollups } from '@/lib/persistence/rollup-store.ts'
import { purgeExpiredServiceTokens } from '@/lib/persistence/service-token-store.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import { loadRows, type RowLoader } from './load-rows.ts'
import { NodeRegistry } from './node-registry.ts'
import { Publisher } from './publisher.ts'
import { WorkspaceEvents } from './workspace-events.ts'

/** How soon this console sees what another one saved. */
const pollEveryMs = 300
const tidyEveryMs = 3_600_000
const rollupsKeptMs = 30 * 86_400_000
const watchEveryMs = 1_000

export interface ControlPlane {
  readonly publisher: Publisher
  readonly nodes: NodeRegistry
  readonly events: WorkspaceEvents
  readonly nodeToken: string
  readonly database: Database
  close(): void
}

export interface ControlPlaneOptions extends RowLoader {
  readonly nodeToken: string
  readonly clock: Clock
  readonly logger: Logger
}

/** On globalThis, because the bundler gives instrumentation and routes a copy of this module each. */
const holder = globalThis as { __switchyardControlPlane?: ControlPlane | undefined }

export function startControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { database, clock, logger, nodeToken } = options
  const publisher = new Publisher({
    loadRows: (gatewayId) => loadRows(options, gatewayId),
    clock,
    onFailure: (gatewayId, error) => logger.error({ gatewayId, err: error }, 'a snapshot could not be built'),
  })
  const events = new WorkspaceEvents()
  const nodes = new NodeRegistry({ database, clock, events })
  const timers = [
    every(tidyEveryMs, () => tidy(options, nodes), logger),
    every(watchEveryMs, async () => nodes.announceLost(), logger),
  ]
  // SQLite has one console, which tells its publisher itself.
  if (databaseKind(database) === 'postgresql')
    timers.push(every(pollEveryMs, followOthers(database, publisher), logger))
  const controlPlane: ControlPlane = {
    publisher,
    nodes,
    events,
    nodeToken,
    database,
    close() {
      for (const timer of timers) clearInterval(timer)
      publisher.close()
      if (holder.__switchyardControlPlane === controlPlane) holder.__switchyardControlPlane = undefined
    },
  }
  holder.__switchyardControlPlane = controlPlane
  return controlPlane
}

/** Null before the console has started. */
export function controlPlane(): ControlPlane | null {
  return holder.__switchyardControlPlane ?? null
}

function followOthers(database: Database, publisher: Publisher): () => Promise<void> {
  const known = new Map<string, number>()
  return async () => {
    for (const { id, revision } of await listGatewayRevisions(database)) {
      if (known.get(id) !== revision) publisher.configurationChanged(id)
      known.set(id, revision)
    }
  }
}

async function tidy({ database, clock }: ControlPlaneOptions, nodes: NodeRegistry): Promise<void> {
  const now = clock.now()
  await inTransaction(database, async (transaction) => {
    await purgeExpiredServiceTokens(transaction, new Date(now))
    await purgeRollups(transaction, new Date(now - rollupsKeptMs))
  })
  await nodes.forgetOld()
}

/** Never two at once; a failure is logged and the next turn tries again. */
function every(ms: number, run: () => Promise<void>, logger: Logger): NodeJS.Timeout {
  let running = false
  const timer = setInterval(async () => {
    if (running) return
    running = true
    try {
      await run()
    } catch (error) {
      logger.warn({ err: error }, 'a background task of the console failed')
    } finally {
      running = false
    }
  }, ms)
  return timer.unref()
}
