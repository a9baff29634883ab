import type { KeyReport, KeyState, ProviderKey } from '@/lib/gateway/runtime/keys/provider-key.ts'
import type { UpstreamNews } from '@/lib/gateway/runtime/upstream-news.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { KeyFailover } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** How long a refused key rests where the service does not say. */
const retryMsDefault = 30_000
/** How long a 429 that does not say keeps requests away. */
const pauseMsDefault = 1_000
const reasonLengthMax = 300

/** The keys of one service as one snapshot has them: who gets the next request, and what answers teach about them. */
export class KeyRing {
  readonly keys: readonly ProviderKey[]
  readonly #serviceId: string
  readonly #failover: KeyFailover | null
  readonly #clock: Clock
  readonly #news: UpstreamNews
  #next = 0

  constructor(
    serviceId: string,
    keys: readonly ProviderKey[],
    failover: KeyFailover | null,
    clock: Clock,
    news: UpstreamNews,
  ) {
    this.#serviceId = serviceId
    this.keys = keys
    this.#failover = failover
    this.#clock = clock
    this.#news = news
  }

  /**
   * The key for a request that has tried these; null when it has tried all. In their order with failover, else in
   * turn. When all are out, the one whose time comes first: an answer that says why is better than none.
   */
  pick(tried: readonly ProviderKey[]): ProviderKey | null {
    const { keys } = this
    const only = keys.length === 1 ? keys[0] : undefined
    if (only !== undefined) return tried.length === 0 ? only : null
    const start = this.#failover === null ? this.#next++ : 0
    if (this.#next >= Number.MAX_SAFE_INTEGER) this.#next = 0
    const now = this.#clock.now()
    let soonest: ProviderKey | null = null
    for (let step = 0; step < keys.length; step++) {
      const key = keys[(start + step) % keys.length] as ProviderKey
      if (tried.includes(key)) continue
      const { until, state } = key.state.report
      if (until === null) return key
      if (until <= now) {
        // One request finds out; the others do not wait for it.
        if (state === 'failing') this.#postpone(key.state, now)
        return key
      }
      if (soonest === null || until < (soonest.state.report.until ?? 0)) soonest = key
    }
    return soonest
  }

  /** Whether a request that has tried these has another one to try, which is not known to fail. */
  hasAnother(tried: readonly ProviderKey[]): boolean {
    const now = this.#clock.now()
    for (const key of this.keys) {
      if (!tried.includes(key) && (key.state.report.until ?? 0) <= now) return true
    }
    return false
  }

  /** The whole of an answer has come. */
  succeeded(key: ProviderKey): void {
    key.state.failures = 0
    this.accepted(key)
  }

  /** An answer has begun; whether it comes to its end is still to be seen. */
  accepted({ state }: ProviderKey): void {
    if (state.report.state === 'ready') return
    // Another request may have been told to wait while this one was under way.
    if (state.report.state === 'paused' && (state.report.until ?? 0) > this.#clock.now()) return
    this.#set(state, 'ready', null, null)
  }

  /** The provider does not take it (401, 403), or no token could be had for it. */
  refused({ state }: ProviderKey, reason: string): void {
    this.#set(state, 'failing', reason, this.#clock.now() + this.#retryMs)
  }

  /** The provider wants fewer requests with it (429). A further request to rest never shortens the one there is. */
  askedToRest({ state }: ProviderKey, askedMs: number | null): void {
    const ms = askedMs ?? pauseMsDefault
    const until = this.#clock.now() + ms
    const { report } = state
    if (report.state === 'failing' || (report.state === 'paused' && (report.until ?? 0) >= until)) return
    this.#set(state, 'paused', `Asked to wait ${Math.ceil(ms / 1_000)} s (429)`, until)
    if (state.isReleased) return
    state.timer = setTimeout(() => this.#set(state, 'ready', null, null), ms)
    state.timer.unref()
  }

  /** Any other failure, which may or may not be the key's: enough of them in a row pass it over. */
  failed({ state }: ProviderKey, reason: string): void {
    state.failures += 1
    const failover = this.#failover
    if (failover === null || state.failures < failover.failures) return
    const sentence = `${state.failures} failures in a row: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
    this.#set(state, 'failing', sentence, this.#clock.now() + failover.retryMs)
  }

  get #retryMs(): number {
    return this.#failover?.retryMs ?? retryMsDefault
  }

  #postpone(state: KeyState, now: number): void {
    state.report = { ...state.report, until: now + this.#retryMs }
    this.#news.note(this.#serviceId)
  }

  #set(state: KeyState, word: KeyReport['state'], reason: string | null, until: number | null): void {
    clearTimeout(state.timer)
    // Nobody would ever take the news of a service that is gone.
    if (state.isReleased) return
    const { report } = state
    const since = report.state === word ? report.since : this.#clock.now()
    state.report = {
      keyId: state.id,
      state: word,
      reason: reason === null ? null : reason.slice(0, reasonLengthMax),
      since,
      until,
    }
    this.#news.note(this.#serviceId)
  }
}
