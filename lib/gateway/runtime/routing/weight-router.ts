import type { ModelRouter, RouteChoice, RoutedTarget } from './model-router.ts'
import { WeightDeck } from './weight-deck.ts'

/** In the proportion of weights. */
export class WeightRouter implements ModelRouter {
  readonly metrics = null
  readonly services: ModelRouter['services']
  readonly #choices: readonly RouteChoice[]
  readonly #deck: WeightDeck

  /** Whole weights, at least one of them above 0. */
  constructor(targets: ReadonlyArray<RoutedTarget & { readonly weight: number }>) {
    this.services = targets.map(({ service }) => service)
    this.#choices = targets.map(({ weight, ...target }, position) => ({
      ...target,
      metered: null,
      reason: { mode: 'weight', position, weight },
    }))
    this.#deck = new WeightDeck(targets.map(({ weight }) => weight))
  }

  choose(): RouteChoice {
    return this.#choices[this.#deck.deal()] as RouteChoice
  }
}
