import { type ModelMatcher, modelMatcher } from '@/lib/domain/model-pattern.ts'
import { refusal } from '@/lib/gateway/error.ts'
import type { ModelRouter, RouteChoice, RoutedTarget, RouteQuestion } from './model-router.ts'

interface Rule {
  readonly takes: ModelMatcher
  readonly choice: RouteChoice
}

export interface RuleTarget {
  readonly pattern: string
  readonly target: RoutedTarget
}

/** The first rule whose pattern takes the model; else the default. */
export class ModelNameRouter implements ModelRouter {
  readonly metrics = null
  readonly services: ModelRouter['services']
  readonly #rules: readonly Rule[]
  readonly #default: RouteChoice | null

  constructor(rules: readonly RuleTarget[], otherwise: RoutedTarget | null) {
    this.#rules = rules.map(({ pattern, target }, rule) => ({
      takes: modelMatcher(pattern),
      choice: { ...target, reason: { mode: 'model-name', rule, pattern }, metered: null },
    }))
    this.#default =
      otherwise === null
        ? null
        : { ...otherwise, reason: { mode: 'model-name', rule: null, pattern: null }, metered: null }
    this.services = [...rules.map(({ target }) => target), ...(otherwise === null ? [] : [otherwise])].map(
      ({ service }) => service,
    )
  }

  choose({ model, hasNoModel }: RouteQuestion): RouteChoice {
    if (model !== null) {
      for (const { takes, choice } of this.#rules) if (takes(model)) return choice
    }
    if (this.#default !== null) return this.#default
    const first = this.#rules[0]
    if (hasNoModel === true && first !== undefined) return first.choice
    throw refusal(
      'model_not_routed',
      model === null
        ? 'The request names no model, and this API routes by it. Give its name as `model`.'
        : `This API routes no model ${model}. Ask GET /v1/models of it for those that it has.`,
    )
  }
}
