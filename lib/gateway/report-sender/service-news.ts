import type { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import type { SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import type { UpstreamServiceRuntime } from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import type { NodeReport, UpstreamServiceReport } from '@/lib/snapshot/node-report.ts'

/** Of keys and endpoints together: few enough that a report of them is written in a few milliseconds. */
const entriesPerReportMax = 1_500

/**
 * What the console does not know yet about keys and discoveries of the AI gateway's services: all of it at first and
 * once services have gone, then those that changed. A long list goes in several reports, of which the first replaces
 * what the console knew.
 */
export class ServiceNews {
  readonly #runtimes: RuntimeHolder
  readonly #shared: Pick<SharedState, 'upstreamNews' | 'discovery'>
  #isWholeDue = true
  #removalsTold = 0
  /** The rest of a whole list, last first. */
  #rest: string[] = []

  constructor(runtimes: RuntimeHolder, shared: Pick<SharedState, 'upstreamNews' | 'discovery'>) {
    this.#runtimes = runtimes
    this.#shared = shared
  }

  get isEmpty(): boolean {
    const { upstreamNews } = this.#shared
    const isWholeDue = this.#isWholeDue || upstreamNews.removals !== this.#removalsTold
    return !isWholeDue && this.#rest.length === 0 && upstreamNews.isEmpty
  }

  /** The console may have forgotten everything. */
  forget(): void {
    this.#isWholeDue = true
  }

  take(): NodeReport['upstreamServices'] {
    const { upstreamNews } = this.#shared
    const isWhole = this.#isWholeDue || upstreamNews.removals !== this.#removalsTold
    const services = new Map(
      (this.#runtimes.current?.upstreamServices ?? []).map((entry) => [entry.id, entry]),
    )
    if (isWhole) {
      this.#isWholeDue = false
      this.#removalsTold = upstreamNews.removals
      upstreamNews.clear()
      this.#rest = [...services.keys()].reverse()
    }
    const items = this.#rest.length > 0 ? this.#takeRest(services) : this.#takeChanged(services)
    return isWhole || items.length > 0 ? { isWhole, items } : null
  }

  /** It did not arrive. */
  putBack(taken: NodeReport['upstreamServices']): void {
    if (taken !== null) this.#isWholeDue = true
  }

  #takeRest(services: ReadonlyMap<string, UpstreamServiceRuntime>): UpstreamServiceReport[] {
    const items: UpstreamServiceReport[] = []
    for (let entries = 0; entries < entriesPerReportMax; ) {
      const serviceId = this.#rest.pop()
      if (serviceId === undefined) break
      const service = services.get(serviceId)
      if (service === undefined) continue
      entries += this.#add(items, service)
    }
    return items
  }

  #takeChanged(services: ReadonlyMap<string, UpstreamServiceRuntime>): UpstreamServiceReport[] {
    const { upstreamNews } = this.#shared
    const items: UpstreamServiceReport[] = []
    const early: string[] = []
    for (let entries = 0; entries < entriesPerReportMax; ) {
      const [serviceId] = upstreamNews.take(1)
      if (serviceId === undefined) break
      const service = services.get(serviceId)
      if (service === undefined) early.push(serviceId)
      else entries += this.#add(items, service)
    }
    // What is being built is told once it serves; what is given up is removed.
    for (const serviceId of early) upstreamNews.keep(serviceId)
    return items
  }

  /** Answers how much it added. */
  #add(items: UpstreamServiceReport[], { id, provider }: UpstreamServiceRuntime): number {
    const discovery = this.#shared.discovery.reportOf(id)
    const keys = (provider?.keys?.keys ?? []).map(({ state }) => state.report)
    items.push({ serviceId: id, discovery, keys })
    return 1 + keys.length + (discovery?.endpoints.length ?? 0)
  }
}
