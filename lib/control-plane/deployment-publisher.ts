import type { Clock } from '@/lib/platform/clock.ts'
import type { DeploymentPlan, GatewayDeployment } from '@/lib/snapshot/deployment.ts'
import { compileDeployment } from './compile-deployment.ts'
import type { DeploymentRows } from './deployment-rows.ts'
import type { GatewayPlace } from './gateway-place.ts'

export interface DeploymentPublisherOptions {
  readonly loadRows: () => Promise<readonly DeploymentRows[]>
  readonly place: GatewayPlace
  readonly clock: Clock
  readonly onFailure: (error: unknown) => void
  /** Saves that come close together share one plan. */
  readonly debounceMs?: number
  /** How long after a failure it is tried again. */
  readonly retryMs?: number
}

type Listener = (plan: DeploymentPlan) => void

/** Rows → plan → hosts, whenever a plan differs from the one before. */
export class DeploymentPublisher {
  readonly #options: DeploymentPublisherOptions
  readonly #listeners = new Set<Listener>()
  readonly #changedAt = new Map<string, number>()
  #plan: DeploymentPlan | null = null
  #timer: NodeJS.Timeout | null = null
  #building: Promise<void> | null = null
  #changedMeanwhile = false
  #closed = false

  constructor(options: DeploymentPublisherOptions) {
    this.#options = options
  }

  /** Call it after the transaction has committed. */
  configurationChanged(): void {
    if (this.#building) this.#changedMeanwhile = true
    else this.#buildAfter(this.#options.debounceMs ?? 20)
  }

  /** Null while it cannot be made. */
  async current(): Promise<DeploymentPlan | null> {
    if (this.#plan === null) await (this.#building ?? this.#build())
    return this.#plan
  }

  /** When the gateway's part of the plan last changed; null if it has not since the start. */
  changedAt(gatewayId: string): number | null {
    return this.#changedAt.get(gatewayId) ?? null
  }

  /** Calls back at once with the newest plan, if there is one, and then with each new one. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    if (this.#plan !== null) listener(this.#plan)
    else void this.current()
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #buildAfter(ms: number): void {
    if (this.#closed) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = null
      void this.#build()
    }, ms)
  }

  #build(): Promise<void> {
    this.#building = this.#publish()
      .catch((error: unknown) => {
        this.#options.onFailure(error)
        this.#buildAfter(this.#options.retryMs ?? 1000)
      })
      .finally(() => {
        this.#building = null
        if (!this.#changedMeanwhile) return
        this.#changedMeanwhile = false
        this.configurationChanged()
      })
    return this.#building
  }

  async #publish(): Promise<void> {
    const plan = compileDeployment(this.#options.place, await this.#options.loadRows())
    const before = this.#plan
    if (JSON.stringify(before) === JSON.stringify(plan)) return
    this.#plan = plan
    if (before !== null) this.#noteChanges(before.gateways, plan.gateways)
    for (const listener of this.#listeners) listener(plan)
  }

  #noteChanges(before: readonly GatewayDeployment[], after: readonly GatewayDeployment[]): void {
    const now = this.#options.clock.now()
    const known = new Map(before.map((gateway) => [gateway.gatewayId, JSON.stringify(gateway)]))
    for (const gateway of after) {
      if (known.get(gateway.gatewayId) !== JSON.stringify(gateway))
        this.#changedAt.set(gateway.gatewayId, now)
      known.delete(gateway.gatewayId)
    }
    for (const gone of known.keys()) this.#changedAt.set(gone, now)
  }
}
