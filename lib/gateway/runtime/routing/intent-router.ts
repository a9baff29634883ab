import { classifyIntent } from '@/lib/intents/classify-intent.ts'
import type { Intent } from '@/lib/intents/intent.ts'
import { intentTextOf } from './intent-text.ts'
import type { ModelRouter, RouteChoice, RoutedTarget, RouteQuestion } from './model-router.ts'

/** By what the prompt asks for, as the classifier of this project reads it. */
export class IntentRouter implements ModelRouter {
  readonly metrics = null
  readonly services: ModelRouter['services']
  readonly #targets: ReadonlyMap<Intent, RoutedTarget>
  readonly #default: RoutedTarget

  constructor(targets: ReadonlyMap<Intent, RoutedTarget>, otherwise: RoutedTarget) {
    this.#targets = targets
    this.#default = otherwise
    this.services = [...targets.values(), otherwise].map(({ service }) => service)
  }

  choose({ body, format }: RouteQuestion): RouteChoice {
    const { intent, confidence } = classifyIntent(intentTextOf(body, format))
    const target = intent === null ? undefined : this.#targets.get(intent)
    const isDefault = target === undefined
    const reason = {
      mode: 'intent',
      classifier: 'local',
      intent,
      confidence,
      isDefault,
      problem: null,
    } as const
    return { ...(target ?? this.#default), reason, metered: null }
  }
}
