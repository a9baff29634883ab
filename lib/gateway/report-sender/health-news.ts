import type { HealthJournal } from '@/lib/gateway/runtime/health/health-journal.ts'
import { healthReport } from '@/lib/gateway/runtime/health/health-report.ts'
import type { InstanceState } from '@/lib/gateway/runtime/instance.ts'
import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import type { HealthEvent, NodeReport } from '@/lib/snapshot/node-report.ts'

export interface TakenNews {
  readonly instances: NodeReport['instances']
  readonly healthEvents: HealthEvent[]
}

/** Few enough that a report of them is written in a few milliseconds. */
const instancesPerReportMax = 2_000
const eventsPerReportMax = 1_000

/**
 * What the console does not know yet about the health of instances: all of them at first and once some have gone,
 * then those that changed. A long list goes in several reports, of which the first replaces what the console knew.
 */
export class HealthNews {
  readonly #runtimes: RuntimeHolder
  readonly #journal: HealthJournal
  #isWholeDue = true
  #removalsTold = 0
  /** The rest of a whole list, last first. */
  #rest: InstanceState[] = []

  constructor(runtimes: RuntimeHolder, journal: HealthJournal) {
    this.#runtimes = runtimes
    this.#journal = journal
  }

  get isEmpty(): boolean {
    const isWholeDue = this.#isWholeDue || this.#journal.removals !== this.#removalsTold
    return !isWholeDue && this.#rest.length === 0 && this.#journal.isEmpty
  }

  /** The console may have forgotten everything. */
  forget(): void {
    this.#isWholeDue = true
  }

  take(): TakenNews {
    return { instances: this.#takeInstances(), healthEvents: this.#journal.takeEvents(eventsPerReportMax) }
  }

  /** It did not arrive. */
  putBack({ instances, healthEvents }: TakenNews): void {
    if (instances !== null) this.#isWholeDue = true
    this.#journal.putBackEvents(healthEvents)
  }

  #takeInstances(): NodeReport['instances'] {
    const isWhole = this.#isWholeDue || this.#journal.removals !== this.#removalsTold
    if (isWhole) {
      this.#isWholeDue = false
      this.#removalsTold = this.#journal.removals
      this.#journal.clearChanged()
      this.#rest = this.#all().reverse()
    }
    const states =
      this.#rest.length > 0
        ? this.#rest.splice(-instancesPerReportMax).reverse()
        : this.#journal.takeChanged(instancesPerReportMax)
    return isWhole || states.length > 0 ? { isWhole, items: states.map(healthReport) } : null
  }

  #all(): InstanceState[] {
    const { services = [], upstreamServices = [] } = this.#runtimes.current ?? {}
    const plans = [...services, ...upstreamServices.map((service) => service.plan())]
    return plans.flatMap(({ instances }) => instances.map(({ state }) => state))
  }
}
