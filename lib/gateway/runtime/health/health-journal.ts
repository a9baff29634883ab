import { healthReport } from '@/lib/gateway/runtime/health/health-report.ts'
import type { InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { HealthEvent } from '@/lib/snapshot/node-report.ts'

const eventsMaxDefault = 10_000

/** What happened to the health of instances and has not been reported yet. Bounded: the oldest events go first. */
export class HealthJournal {
  readonly #eventsMax: number
  readonly #changed = new Set<InstanceState>()
  #events: HealthEvent[] = []
  /** Grows whenever an instance goes, which no list of changes can tell. */
  removals = 0
  /** Called on every change of a state or its reason. */
  onChange: () => void = () => {}

  constructor(eventsMax = eventsMaxDefault) {
    this.#eventsMax = eventsMax
  }

  get isEmpty(): boolean {
    return this.#changed.size === 0 && this.#events.length === 0
  }

  /** Compares with what was noted last, so calling it too often does no harm. */
  note(state: InstanceState, now: number): void {
    const report = healthReport(state)
    const before = state.noted
    if (before !== null && before.state === report.state && before.reason === report.reason) {
      if (before.until === report.until) return
    }
    state.noted = report
    this.#changed.add(state)
    if (before !== null && before.state !== report.state && !isFirstGoodNews(before.state, report.state)) {
      this.#add({ instanceId: report.instanceId, at: now, state: report.state, reason: report.reason })
    }
    this.onChange()
  }

  /** The instance is no longer there. */
  remove(state: InstanceState): void {
    this.#changed.delete(state)
    this.removals += 1
  }

  /** Hands over what changed, up to a number of instances, and forgets it. */
  takeChanged(max: number): InstanceState[] {
    const taken: InstanceState[] = []
    for (const state of this.#changed) {
      if (taken.length >= max) break
      taken.push(state)
      this.#changed.delete(state)
    }
    return taken
  }

  takeEvents(max: number): HealthEvent[] {
    return this.#events.splice(0, max)
  }

  putBackEvents(events: readonly HealthEvent[]): void {
    this.#events = [...events, ...this.#events].slice(-this.#eventsMax)
  }

  /** A whole list tells all that this would add to it. */
  clearChanged(): void {
    this.#changed.clear()
  }

  #add(event: HealthEvent): void {
    // Room is made in portions, because moving the whole list for each event would not be cheap.
    if (this.#events.length >= this.#eventsMax) this.#events.splice(0, Math.ceil(this.#eventsMax / 10))
    this.#events.push(event)
  }
}

/** Every start of a node would otherwise fill the history of every instance with `ready`. */
function isFirstGoodNews(before: string, after: string): boolean {
  return before === 'unknown' && after === 'ready'
}
