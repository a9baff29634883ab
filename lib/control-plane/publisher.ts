import type { Clock } from '@/lib/platform/clock.ts'
import { runInSlices } from '@/lib/platform/slices.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'
import { encodeInSteps, type SnapshotLines } from '@/lib/snapshot/snapshot-codec.ts'
import { checkSnapshot } from './check-snapshot.ts'
import { compileSnapshot } from './compile-snapshot.ts'
import type { GatewayRows } from './gateway-rows.ts'

export interface PublishedSnapshot {
  readonly snapshot: GatewaySnapshot
  /** Its text, made once however many nodes listen. */
  readonly lines: SnapshotLines
  readonly publishedAt: number
}

export interface PublisherOptions {
  /** Null: no such gateway. */
  readonly loadRows: (gatewayId: string) => Promise<GatewayRows | null>
  readonly clock: Clock
  readonly onFailure: (gatewayId: string, error: unknown) => void
  /** Saves that come close together share one build. */
  readonly debounceMs?: number
  /** How long after a failed build it is tried again, so that a save is never lost to a database that hiccups. */
  readonly retryMs?: number
}

type Listener = (published: PublishedSnapshot) => void

interface GatewayState {
  published: PublishedSnapshot | null
  /** Why the newest rows are not published; nodes keep the last good snapshot. */
  refused: { readonly revision: number; readonly reason: string } | null
  readonly listeners: Set<Listener>
  timer: NodeJS.Timeout | null
  /** The timer waits after a failure; the next save need not wait with it. */
  retrying: boolean
  /** The build under way; null when idle. */
  building: Promise<void> | null
  changedMeanwhile: boolean
}

/** Rows → snapshot → check → subscribers. One build at a time per gateway; the newest rows win. */
export class Publisher {
  readonly #options: PublisherOptions
  readonly #states = new Map<string, GatewayState>()
  #closed = false

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  /** Call it after the transaction has committed. */
  configurationChanged(gatewayId: string): void {
    const state = this.#stateOf(gatewayId)
    if (state.building) state.changedMeanwhile = true
    else if (!state.timer || state.retrying) {
      this.#buildAfter(this.#options.debounceMs ?? 20, gatewayId, state)
    }
  }

  /** The last good snapshot, built now if there is none yet. Null: no such gateway, or none that passes the check. */
  async current(gatewayId: string): Promise<PublishedSnapshot | null> {
    const state = this.#stateOf(gatewayId)
    if (!state.published) await (state.building ?? this.#build(gatewayId, state))
    return state.published
  }

  refused(gatewayId: string): { readonly revision: number; readonly reason: string } | null {
    return this.#states.get(gatewayId)?.refused ?? null
  }

  /** Calls back at once with the last good snapshot, if there is one, and then with each new one. */
  subscribe(gatewayId: string, listener: Listener): () => void {
    const state = this.#stateOf(gatewayId)
    state.listeners.add(listener)
    if (state.published) listener(state.published)
    else void this.current(gatewayId)
    return () => state.listeners.delete(listener)
  }

  close(): void {
    this.#closed = true
    for (const state of this.#states.values()) {
      if (state.timer) clearTimeout(state.timer)
      state.listeners.clear()
    }
  }

  #buildAfter(ms: number, gatewayId: string, state: GatewayState): void {
    if (this.#closed) return
    if (state.timer) clearTimeout(state.timer)
    state.retrying = false
    state.timer = setTimeout(() => {
      state.timer = null
      void this.#build(gatewayId, state)
    }, ms)
  }

  #build(gatewayId: string, state: GatewayState): Promise<void> {
    state.building = this.#publish(gatewayId, state)
      .catch((error: unknown) => {
        this.#options.onFailure(gatewayId, error)
        this.#buildAfter(this.#options.retryMs ?? 1000, gatewayId, state)
        state.retrying = true
      })
      .finally(() => {
        state.building = null
        if (!state.changedMeanwhile) return
        state.changedMeanwhile = false
        this.configurationChanged(gatewayId)
      })
    return state.building
  }

  async #publish(gatewayId: string, state: GatewayState): Promise<void> {
    const rows = await this.#options.loadRows(gatewayId)
    if (!rows) return
    const { revision } = rows.gateway
    if (state.published?.snapshot.revision === revision) return
    const snapshot = compileSnapshot(rows)
    const reason = checkSnapshot(snapshot)
    state.refused = reason === null ? null : { revision, reason }
    if (reason !== null) return
    const lines = await runInSlices(encodeInSteps(snapshot))
    const published = { snapshot, lines, publishedAt: this.#options.clock.now() }
    state.published = published
    for (const listener of state.listeners) listener(published)
  }

  #stateOf(gatewayId: string): GatewayState {
    const known = this.#states.get(gatewayId)
    if (known) return known
    const state: GatewayState = {
      published: null,
      refused: null,
      listeners: new Set(),
      timer: null,
      retrying: false,
      building: null,
      changedMeanwhile: false,
    }
    this.#states.set(gatewayId, state)
    return state
  }
}
