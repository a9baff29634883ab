import type { DiscoveryUpdate, Endpoint } from '@/lib/discovery/discovery.ts'
import { areSameEndpoints, endpointKey, endpointsMax, tidyEndpoints } from '@/lib/discovery/tidy-endpoints.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { UpstreamServiceReport } from '@/lib/snapshot/node-report.ts'

type DiscoveryState = NonNullable<UpstreamServiceReport['discovery']>['state']

export interface DiscoveryStatus {
  readonly state: DiscoveryState
  /** In one line, safe to show. Of a current list: what of it is not used. */
  readonly reason: string | null
  /** Milliseconds since the epoch. */
  readonly since: number
  /** When the list was last confirmed. */
  readonly syncedAt: number | null
}

/** The last good answer, of before: from an earlier discovery of the same service, or from the node's disk. */
export interface LastGood {
  readonly endpoints: readonly Endpoint[]
  readonly syncedAt: number
}

export interface FollowerParts {
  readonly serviceId: string
  readonly clock: Clock
  readonly logger: Logger
  /** Called when the list is another one. */
  readonly onEndpoints: () => void
  /** Called when there is something new to tell. */
  readonly onStatus: () => void
}

const reasonLengthMax = 300
/** A list that is confirmed again and again is told to people this often. */
const confirmedEveryMs = 30_000

/** What one discovery has said so far: the last good list, and how it goes. */
export class DiscoveryFollower {
  readonly #parts: FollowerParts
  #endpoints: readonly Endpoint[]
  #status: DiscoveryStatus
  #toldAt: number
  #stop: () => void = () => {}

  constructor(parts: FollowerParts, before: LastGood | null) {
    const now = parts.clock.now()
    this.#parts = parts
    this.#endpoints = before?.endpoints ?? []
    this.#status = { state: 'pending', reason: null, since: now, syncedAt: before?.syncedAt ?? null }
    this.#toldAt = now
  }

  get endpoints(): readonly Endpoint[] {
    return this.#endpoints
  }

  get status(): DiscoveryStatus {
    return this.#status
  }

  /** Null until there is one. */
  get lastGood(): LastGood | null {
    const { syncedAt } = this.#status
    return syncedAt === null ? null : { endpoints: this.#endpoints, syncedAt }
  }

  start(discover: (tell: (update: DiscoveryUpdate) => void) => () => void): void {
    this.#stop = discover((update) => {
      if (update.kind === 'failed') this.#failed(update.reason)
      else this.#found(update.endpoints)
    })
  }

  stop(): void {
    this.#stop()
  }

  #found(found: readonly Endpoint[]): void {
    const { clock, logger, serviceId } = this.#parts
    const now = clock.now()
    const endpoints = tidyEndpoints(found)
    const { state, since, reason: reasonBefore } = this.#status
    const reason = endpoints.length === endpointsMax ? tooMany(found) : null
    const hasChanged = !areSameEndpoints(endpoints, this.#endpoints)
    this.#status = {
      state: 'current',
      reason,
      since: state === 'current' ? since : now,
      syncedAt: now,
    }
    if (reason !== null && reason !== reasonBefore) logger.warn({ serviceId }, reason)
    if (hasChanged) {
      this.#endpoints = endpoints
      logger.info({ serviceId, endpoints: endpoints.length }, 'the endpoints of a service have changed')
    }
    if (hasChanged) this.#parts.onEndpoints()
    const isNews = hasChanged || state !== 'current' || reason !== reasonBefore
    if (isNews || now - this.#toldAt >= confirmedEveryMs) this.#tell(now)
  }

  #failed(text: string): void {
    const { clock, logger, serviceId } = this.#parts
    const now = clock.now()
    const reason = text.replaceAll(/\s+/g, ' ').slice(0, reasonLengthMax)
    const { syncedAt, since, state: before, reason: reasonBefore } = this.#status
    const state = syncedAt === null ? 'failed' : 'stale'
    this.#status = { state, reason, since: before === state ? since : now, syncedAt }
    if (before === state && reasonBefore === reason) return
    logger.warn({ serviceId, reason, endpoints: this.#endpoints.length }, 'the discovery of a service failed')
    this.#tell(now)
  }

  #tell(now: number): void {
    this.#toldAt = now
    this.#parts.onStatus()
  }
}

/** Null: all are used. */
function tooMany(found: readonly Endpoint[]): string | null {
  const count = new Set(found.map(endpointKey)).size
  if (count <= endpointsMax) return null
  return `${count} endpoints were found, and a service uses ${endpointsMax} at most. The others get no requests.`
}
