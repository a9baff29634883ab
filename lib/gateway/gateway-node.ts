import { hostname } from 'node:os'
import { join } from 'node:path'
import { ChannelPermitSource, type CounterChannel } from '@/lib/counters/channel-permit-source.ts'
import { ChannelLimitSource } from '@/lib/counters/limits/channel-limit-source.ts'
import { LimitBook } from '@/lib/counters/limits/limit-book.ts'
import { LimitJournal } from '@/lib/counters/limits/limit-journal.ts'
import { createDoor } from '@/lib/gateway/create-door.ts'
import { EndpointStore } from '@/lib/gateway/discovery/endpoint-store.ts'
import type { Engine } from '@/lib/gateway/handle-request.ts'
import { AdminListener } from '@/lib/gateway/listener/admin-listener.ts'
import { OpenConnections } from '@/lib/gateway/listener/open-connections.ts'
import { TicketKeys } from '@/lib/gateway/listener/tls/ticket-keys.ts'
import { NacosRegistrar } from '@/lib/gateway/nacos/nacos-registrar.ts'
import { NodeDoors } from '@/lib/gateway/node-doors.ts'
import { type NodeJobs, openNodeJobs } from '@/lib/gateway/node-jobs.ts'
import { ReportSender } from '@/lib/gateway/report-sender/report-sender.ts'
import { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { createSharedState, type SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { SnapshotInbox } from '@/lib/gateway/snapshot-source/snapshot-inbox.ts'
import { SnapshotStore } from '@/lib/gateway/snapshot-source/snapshot-store.ts'
import { SnapshotStream } from '@/lib/gateway/snapshot-source/snapshot-stream.ts'
import { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { createGatewayMetrics } from '@/lib/gateway/stages/observe/gateway-metrics.ts'
import { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { RecordBook } from '@/lib/gateway/stages/observe/record-book.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { followDoors } from '@/lib/platform/receive-listeners.ts'
import type { DoorName } from '@/lib/snapshot/deployment.ts'
import type { SnapshotHead, SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'

export interface GatewayNodeOptions {
  readonly gatewayId: string
  readonly nodeId: string
  readonly consoleUrl: string
  /** Secret. */
  readonly nodeToken: string
  readonly dataDir: string
  readonly bind: string
  /** The doors of a node without a supervisor, and their ports. 0: any free port. */
  readonly doors: Readonly<Partial<Record<DoorName, number>>>
  readonly adminPort: number
  /** Given: a supervisor holds the ports. It says which doors there are, and passes their listening sockets. */
  readonly followDoors?: typeof followDoors
  /** One node of a gateway registers instances with outside registries. */
  readonly isRegistrar?: boolean
  /** Given: a coordinator beyond it may count for several nodes of this gateway. Without, the node counts alone. */
  readonly counterChannel?: CounterChannel
  /** Names the file of the last good snapshot, for nodes that follow one another. Default: the node's id. */
  readonly slot?: string
  readonly version: string
  readonly logger: Logger
  /** How long answers under way may take after the node was asked to stop. Default 30 s. */
  readonly drainMs?: number
}

export type NodePorts = Readonly<Partial<Record<DoorName, number>>> & { readonly admin: number }

const drainMsDefault = 30_000
const drainReportMs = 1_000

/** One gateway node: doors, engine, snapshots in, reports out. */
export class GatewayNode {
  readonly #options: GatewayNodeOptions
  readonly #shared: SharedState
  readonly #permits: ChannelPermitSource | null
  readonly #limits: ChannelLimitSource | null
  /** Of a node without a supervisor. */
  readonly #journal: LimitJournal | null
  readonly #jobs: NodeJobs
  readonly #engine: Engine
  readonly #doors: NodeDoors
  readonly #registrar: NacosRegistrar | null
  readonly #admin: AdminListener
  readonly #store: SnapshotStore
  readonly #endpoints: EndpointStore
  readonly #inbox: SnapshotInbox
  #stream: SnapshotStream | null = null
  #reports: ReportSender | null = null
  #stopped: Promise<void> | null = null
  #deadline: { at: number; timer: NodeJS.Timeout } | null = null
  #onSnapshot: () => void = () => {}

  constructor(options: GatewayNodeOptions) {
    this.#options = options
    this.#permits = options.counterChannel ? this.#createPermits(options.counterChannel) : null
    this.#limits = options.counterChannel ? this.#createLimits(options.counterChannel) : null
    const file = join(
      options.dataDir,
      'nodes',
      `${fileName(options.gatewayId)}.${fileName(options.slot ?? options.nodeId)}`,
    )
    const book = new LimitBook(systemClock)
    this.#journal = this.#limits === null ? this.#createJournal(`${file}.limits`, book) : null
    this.#jobs = openNodeJobs(options.counterChannel, `${file}.jobs`, options.logger)
    const limits = this.#limits ?? book
    this.#shared = createSharedState(systemClock, this.#permits, options.logger, limits, this.#jobs.source)
    const runtimes = new RuntimeHolder(this.#shared)
    const overload = new OverloadGuard(options.logger)
    const observer = new Observer(systemClock, options.logger, new RecordBook())
    this.#engine = { runtimes, observer, overload }
    this.#doors = this.#createDoors()
    this.#registrar =
      options.isRegistrar === true
        ? new NacosRegistrar({ runtimes, observer, logger: options.logger, clock: systemClock })
        : null
    this.#admin = new AdminListener({
      metrics: createGatewayMetrics(this.#engine, this.#permits),
      isReady: () => runtimes.current !== null && this.#stopped === null,
    })
    this.#store = new SnapshotStore(`${file}.snapshot`, options.nodeToken)
    this.#endpoints = new EndpointStore(`${file}.endpoints`, options.nodeToken, options.logger)
    this.#inbox = new SnapshotInbox(runtimes, systemClock, (head, lines) => this.#applied(head, lines))
  }

  get revision(): number | null {
    return this.#inbox.revision
  }

  /** Opens the doors, serves the last good snapshot at once, then follows the console. Rejects when a port is taken. */
  async start(): Promise<NodePorts> {
    const startedAt = systemClock.now()
    // Before the doors open: alone or not decides how requests are counted.
    await Promise.all([this.#permits?.join(), this.#limits?.join()])
    this.#engine.overload.start()
    await this.#endpoints.keep(this.#shared.discovery)
    const stored = await this.#store.load()
    if (stored !== null) await this.#offer(stored)
    await this.#openDoors()
    const admin = await this.#admin.open(this.#options.adminPort)
    this.#reports = this.#createReports(startedAt)
    this.#reports.start()
    this.#registrar?.start()
    this.#follow()
    return { ...Object.fromEntries(this.#doors.ports), admin }
  }

  /**
   * Takes nothing new, finishes what is under way, breaks off what is left after `withinMs`, and gives everything
   * up. Asked again, the earlier end of the two counts. `isRelieved`: another process goes on with what is registered
   * elsewhere.
   */
  stop(
    withinMs = this.#options.drainMs ?? drainMsDefault,
    { isRelieved = false }: { readonly isRelieved?: boolean } = {},
  ): Promise<void> {
    this.#endBy(performance.now() + withinMs)
    this.#stopped ??= this.#stop(isRelieved)
    return this.#stopped
  }

  async #stop(isRelieved: boolean): Promise<void> {
    if (this.#reports !== null) this.#reports.state = 'draining'
    this.#reports?.nudge()
    this.#stream?.stop()
    // Pages show how many requests are left.
    const reporting = setInterval(() => this.#reports?.nudge(), drainReportMs)
    await Promise.all([this.#doors.drain(), this.#registrar?.stop({ withdraw: !isRelieved })])
    clearInterval(reporting)
    clearTimeout(this.#deadline?.timer)
    await this.#reports?.stop()
    await this.#store.settled()
    await this.#endpoints.stop()
    await this.#engine.runtimes.close()
    await this.#shared.pools.destroy()
    this.#engine.overload.stop()
    this.#permits?.close()
    this.#limits?.close()
    this.#journal?.close()
    this.#jobs.close()
    this.#admin.close()
  }

  #endBy(at: number): void {
    if (this.#deadline !== null && this.#deadline.at <= at) return
    clearTimeout(this.#deadline?.timer)
    const timer = setTimeout(() => this.#doors.destroy(), at - performance.now())
    this.#deadline = { at, timer }
  }

  /** A supervisor decides whether a node without a snapshot gets the sockets. */
  async #openDoors(): Promise<void> {
    const { followDoors: follow, bind, doors } = this.#options
    const complete = this.#doors.whenComplete()
    if (follow === undefined) {
      this.#doors.keep(Object.keys(doors))
      for (const [name, port] of Object.entries(doors) as Array<[DoorName, number]>)
        void this.#doors.open(name, { host: bind, port })
    } else {
      this.#follow()
      const ask = follow({
        doors: (names) => this.#doors.keep(names),
        listener: (name, handle) => void this.#doors.open(name, { handle }),
      })
      ask(this.revision)
      this.#onSnapshot = () => ask(this.revision)
    }
    await complete
    this.#onSnapshot = () => {}
  }

  #createDoors(): NodeDoors {
    const { nodeToken, gatewayId } = this.#options
    const parts = {
      engine: this.#engine,
      connections: new OpenConnections(),
      ticketKeys: new TicketKeys(nodeToken, gatewayId),
    }
    return new NodeDoors({
      create: (name) => createDoor(name, parts),
      drainMs: this.#options.drainMs ?? drainMsDefault,
      onChange: (failure) => {
        if (failure !== null)
          this.#options.logger.error({ door: failure.door, err: failure.cause }, 'a door did not open')
        this.#reports?.nudge()
      },
    })
  }

  async #offer(lines: SnapshotLines): Promise<void> {
    const outcome = await this.#inbox.offer(lines)
    const { revision, refused } = this.#inbox
    if (outcome === 'applied') {
      this.#options.logger.info({ revision }, 'snapshot applied')
      this.#onSnapshot()
    }
    if (outcome === 'refused') this.#options.logger.error({ refused, revision }, 'snapshot refused')
    if (outcome === 'applied' || outcome === 'refused') this.#reports?.nudge()
  }

  #applied(head: SnapshotHead, lines: SnapshotLines): void {
    this.#doors.configure(head)
    this.#store.save(lines).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      this.#options.logger.warn({ reason }, 'the snapshot was not saved; a restart will need the console')
    })
  }

  #follow(): void {
    if (this.#stream !== null) return
    this.#stream = this.#createStream()
    void this.#stream.run()
  }

  #createPermits(channel: CounterChannel): ChannelPermitSource {
    const { logger } = this.#options
    const onChange = ({ isAway, nodes }: { isAway: boolean; nodes: number }) =>
      isAway
        ? logger.warn({ nodes }, 'the rate counters do not answer; this node admits its share of each limit')
        : logger.info({ nodes }, 'the rate counters answer again')
    const permits = new ChannelPermitSource({ channel, clock: systemClock, onChange })
    permits.onPresent = (nodes) => this.#shared.instances.divideAmong(nodes)
    return permits
  }

  #createLimits(channel: CounterChannel): ChannelLimitSource {
    const { logger } = this.#options
    const onChange = (isAway: boolean) =>
      isAway
        ? logger.warn({}, 'the counts of limits do not answer; this node admits its share of each limit')
        : logger.info({}, 'the counts of limits answer')
    return new ChannelLimitSource({ channel, clock: systemClock, onChange })
  }

  #createJournal(file: string, book: LimitBook): LimitJournal {
    const { logger } = this.#options
    return new LimitJournal(file, book, (reason) =>
      logger.error({ reason }, 'the counts of quotas are not kept; a restart will count from nothing'),
    )
  }

  #createStream(): SnapshotStream {
    const { consoleUrl, gatewayId, nodeId, nodeToken, logger } = this.#options
    return new SnapshotStream({
      consoleUrl,
      gatewayId,
      nodeId,
      nodeToken,
      logger,
      onOpen: () => {
        this.#inbox.connectionOpened()
        // A console that restarted has forgotten what it was told.
        this.#reports?.tellAll()
      },
      known: (line) => this.#inbox.known(line),
      onSnapshot: (lines) => void this.#offer(lines),
    })
  }

  #createReports(startedAt: number): ReportSender {
    const { consoleUrl, nodeToken, nodeId, gatewayId, version, logger } = this.#options
    return new ReportSender({
      consoleUrl,
      nodeToken,
      logger,
      subject: {
        identity: { nodeId, gatewayId, host: hostname(), pid: process.pid, version, startedAt },
        runtimes: this.#engine.runtimes,
        shared: this.#shared,
        inbox: this.#inbox,
        observer: this.#engine.observer,
        doors: this.#doors,
      },
    })
  }
}

function fileName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_-]/g, '_')
}
