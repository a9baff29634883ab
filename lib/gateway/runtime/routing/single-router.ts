import type { ModelRouter, RouteChoice, RoutedTarget } from './model-router.ts'

/** One service for everything. */
export class SingleRouter implements ModelRouter {
  readonly metrics = null
  readonly services: ModelRouter['services']
  readonly #choice: RouteChoice

  constructor(target: RoutedTarget) {
    this.services = [target.service]
    this.#choice = { ...target, reason: { mode: 'single' }, metered: null }
  }

  choose(): RouteChoice {
    return this.#choice
  }
}
