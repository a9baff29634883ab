import { purgeExpiredCredentials } from '@/lib/persistence/consumer-store.ts'
import { type Database, databaseKind, inTransaction } from '@/lib/persistence/database.ts'
import { listGatewayRevisions } from '@/lib/persistence/gateway-store.ts'
import { purgeRollups } from '@/lib/persistence/rollup-store.ts'
import { listFollowingGateways } from '@/lib/persistence/service-store.ts'
import { purgeExpiredServiceTokens } from '@/lib/persistence/service-token-store.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import { DeploymentPublisher } from './deployment-publisher.ts'
import { loadDeploymentRows } from './deployment-rows.ts'
import { HostRegistry } from './host-registry.ts'
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
  readonly deployments: DeploymentPublisher
  readonly nodes: NodeRegistry
  readonly hosts: HostRegistry
  readonly events: WorkspaceEvents
  readonly nodeToken: string
  readonly database: Database
  /** After the commit of a change: nodes and hosts get what follows from it. */
  configurationChanged(gatewayIds: readonly string[]): void
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
  const { database, clock, logger, nodeToken, masterKey } = options
  const publisher = new Publisher({
    loadRows: (gatewayId) => loadRows(options, gatewayId),
    clock,
    onFailure: (gatewayId, error) => logger.error({ gatewayId, err: error }, 'a snapshot could not be built'),
  })
  const deployments = new DeploymentPublisher({
    loadRows: () => loadDeploymentRows(database),
    place: options.place,
    clock,
    onFailure: (error) => logger.error({ err: error }, 'the plan of gateways could not be built'),
  })
  const events = new WorkspaceEvents()
  const nodes = new NodeRegistry({ database, clock, events, masterKey })
  const hosts = new HostRegistry({ database, clock, events })
  const configurationChanged = (gatewayIds: readonly string[]) => {
    for (const gatewayId of new Set(gatewayIds)) publisher.configurationChanged(gatewayId)
    deployments.configurationChanged()
    void publishFollowers(gatewayIds)
  }
  const publishFollowers = async (gatewayIds: readonly string[]) => {
    try {
      for (const id of await listFollowingGateways(database, gatewayIds)) publisher.configurationChanged(id)
    } catch (error) {
      logger.error({ err: error }, 'gateways that follow a change could not be found')
    }
  }
  const timers = [
    every(tidyEveryMs, () => tidy(options, nodes, hosts), logger),
    every(watchEveryMs, async () => nodes.announceLost(), logger),
  ]
  // SQLite has one console, which tells its publisher itself.
  if (databaseKind(database) === 'postgresql')
    timers.push(every(pollEveryMs, followOthers(database, configurationChanged), logger))
  const controlPlane: ControlPlane = {
    publisher,
    deployments,
    nodes,
    hosts,
    events,
    nodeToken,
    database,
    configurationChanged,
    close() {
      for (const timer of timers) clearInterval(timer)
      publisher.close()
      deployments.close()
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

function followOthers(
  database: Database,
  configurationChanged: (gatewayIds: readonly string[]) => void,
): () => Promise<void> {
  let known: ReadonlyMap<string, number> = new Map()
  return async () => {
    const gateways = await listGatewayRevisions(database)
    const changed = gateways.filter(({ id, revision }) => known.get(id) !== revision)
    // A gateway that went leaves one fewer, or one that came beside it.
    if (changed.length === 0 && gateways.length === known.size) return
    known = new Map(gateways.map(({ id, revision }) => [id, revision]))
    configurationChanged(changed.map(({ id }) => id))
  }
}

async function tidy(
  { database, clock }: ControlPlaneOptions,
  nodes: NodeRegistry,
  hosts: HostRegistry,
): Promise<void> {
  const now = clock.now()
  await inTransaction(database, async (transaction) => {
    await purgeExpiredServiceTokens(transaction, new Date(now))
    await purgeExpiredCredentials(transaction, new Date(now))
    await purgeRollups(transaction, new Date(now - rollupsKeptMs))
  })
  await nodes.forgetOld()
  await hosts.forgetOld()
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
