import { JobBook } from '@/lib/counters/jobs/job-book.ts'
import type { ShownRequest } from '@/lib/domain/debug.ts'
import { type Engine, handleRequest } from '@/lib/gateway/handle-request.ts'
import { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { createSharedState, type SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { RecordBook } from '@/lib/gateway/stages/observe/record-book.ts'
import { toRecordedRequest } from '@/lib/gateway/stages/observe/to-recorded-request.ts'
import { DebugExchange, type DebugRequest } from '@/lib/gateway/trace/debug-exchange.ts'
import { DebugTrace } from '@/lib/gateway/trace/debug-trace.ts'
import { EventLines } from '@/lib/gateway/trace/event-lines.ts'
import { Redactor, secretsOf } from '@/lib/gateway/trace/redactor.ts'
import { showBody, shownBytesMax } from '@/lib/gateway/trace/shown-request.ts'
import { untilFound } from '@/lib/gateway/trace/until-found.ts'
import { createWebHandler, type WebContext, type WebHandler } from '@/lib/gateway/web-handler.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { RecordedRequest } from '@/lib/snapshot/recorded-request.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

export interface DebugCall extends DebugRequest {
  readonly apiId: string
  /** A consumer's id; null: nobody's, who needs no grant. */
  readonly inNameOf: string | null
  /** How whoever asks would send it: with a key where one is needed. */
  readonly shown: Omit<ShownRequest, 'body'>
}

export interface WatchedCall {
  /** Lines of JSON, each a `DebugEvent`. Ends with the call; cancelling it cancels the call. */
  readonly events: ReadableStream<Uint8Array>
  /** Resolves when nothing is under way any more, to the record of the call; null where its API keeps none. */
  readonly ended: Promise<RecordedRequest | null>
  /** Cancels the call. */
  leave(): void
}

/** What outlives a gateway that is closed while nobody calls. */
export type EmbeddedMemory = JobBook

const oneRecord = { records: 1, bytes: 1_048_576 }

export function createEmbeddedGateway(logger: Logger, memory: EmbeddedMemory | null): EmbeddedGateway {
  return new EmbeddedGateway(logger, memory ?? new JobBook())
}

/** A gateway inside another process. Holds connections and health checks: keep one and close it. */
export class EmbeddedGateway {
  /** Which service has what. */
  readonly memory: EmbeddedMemory
  readonly #logger: Logger
  readonly #shared: SharedState
  readonly #runtimes: RuntimeHolder
  readonly #engine: Engine
  readonly #handle: WebHandler
  readonly #watched = new Set<WatchedCall>()
  /** Of the workspaces that were debugged, under the present snapshot. */
  readonly #secrets = new Map<string, readonly string[]>()
  #snapshot: GatewaySnapshot | null = null

  /** `memory`: of the gateway that was here before. */
  constructor(logger: Logger, memory: EmbeddedMemory = new JobBook()) {
    this.memory = memory
    this.#logger = logger
    this.#shared = createSharedState(systemClock, null, logger, undefined, memory)
    this.#runtimes = new RuntimeHolder(this.#shared)
    this.#engine = {
      runtimes: this.#runtimes,
      observer: new Observer(systemClock, logger),
      overload: new OverloadGuard(logger),
    }
    this.#handle = createWebHandler(this.#engine)
  }

  /** Null until there is one. */
  get revision(): number | null {
    return this.#runtimes.current?.revision ?? null
  }

  /** Throws, and keeps the old snapshot, when this one does not build. */
  apply(snapshot: GatewaySnapshot): void {
    this.#runtimes.replace(snapshot)
    this.#snapshot = snapshot
    this.#secrets.clear()
  }

  handle(request: Request, context: WebContext): Promise<Response> {
    return this.#handle(request, context)
  }

  /** One call to a Model API, and all that becomes of it. */
  debug(call: DebugCall): WatchedCall {
    const lines = new EventLines()
    const redactor = new Redactor(this.#secretsAround(call.apiId))
    const body = call.body && showBody(call.body, redactor, shownBytesMax, false)
    const shown: ShownRequest = { ...call.shown, url: redactor.text(call.shown.url), body }
    const { apiId, inNameOf } = call
    const trace = new DebugTrace({ apiId, inNameOf, shown, lines, redactor })
    const exchange = new DebugExchange(call, { lines, redactor, now: () => trace.now() })
    trace.exchange = exchange
    lines.owner = exchange
    const watched: WatchedCall = {
      events: lines.stream,
      ended: this.#run(exchange, trace).finally(() => this.#watched.delete(watched)),
      leave: () => lines.breakOff(),
    }
    this.#watched.add(watched)
    return watched
  }

  /** Cancels what is debugged, and waits for other requests under way. */
  async close(): Promise<void> {
    for (const watched of this.#watched) watched.leave()
    await this.#runtimes.close()
    await this.#shared.pools.destroy()
  }

  async #run(exchange: DebugExchange, trace: DebugTrace): Promise<RecordedRequest | null> {
    // Nothing may be known yet of where services are, because it was this call that opened the gateway.
    const services = this.#runtimes.current?.published(trace.apiId)?.targets.keys() ?? []
    await untilFound(this.#shared.discovery, [...services], () => exchange.gone)
    // One of its own, so that its record is told apart from others.
    const records = new RecordBook(oneRecord)
    const observer = new Observer(systemClock, this.#logger, records)
    await handleRequest({ ...this.#engine, observer }, exchange, trace)
    const [record] = records.take(oneRecord)
    return record === undefined ? null : toRecordedRequest(record)
  }

  /** All that the workspace of the API keeps from others. */
  #secretsAround(apiId: string): readonly string[] {
    const workspaceId = this.#snapshot?.modelApis.find(({ id }) => id === apiId)?.workspaceId
    if (workspaceId === undefined) return []
    const known = this.#secrets.get(workspaceId)
    if (known !== undefined) return known
    const services = this.#snapshot?.upstreamServices ?? []
    const secrets = secretsOf(services.filter((service) => service.workspaceId === workspaceId))
    this.#secrets.set(workspaceId, secrets)
    return secrets
  }
}
