import { chooseByMetrics } from './choose-by-metrics.ts'
import type { ModelRouter, RouteChoice, RoutedTarget, RouteQuestion } from './model-router.ts'
import type { MetricsObjective, TargetMetrics } from './target-metrics.ts'

/** By what this node has seen of its targets. */
export class MetricsRouter implements ModelRouter {
  readonly metrics: TargetMetrics
  readonly services: ModelRouter['services']
  readonly #choices: readonly RouteChoice[]
  readonly #objective: MetricsObjective
  readonly #maxShare: number

  constructor(
    targets: readonly RoutedTarget[],
    objective: MetricsObjective,
    maxShare: number,
    metrics: TargetMetrics,
  ) {
    this.metrics = metrics
    this.services = targets.map(({ service }) => service)
    this.#choices = targets.map((target, position) => ({
      ...target,
      metered: position,
      reason: { mode: 'metrics', position, objective },
    }))
    this.#objective = objective
    this.#maxShare = maxShare
  }

  choose(_question: RouteQuestion, now: number): RouteChoice {
    const index = chooseByMetrics(this.metrics, this.#objective, this.#maxShare, now)
    return this.#choices[index] as RouteChoice
  }
}
