import type { ToldIntent } from '@/lib/domain/route-reason.ts'
import { classifyIntent } from '@/lib/intents/classify-intent.ts'
import { intentTextOf } from './intent-text.ts'
import type { ModelRouter, RouteChoice, RoutedTarget, RouteQuestion } from './model-router.ts'

/** By what the prompt asks for, as the classifier of this project reads it, or as a model has told. */
export class IntentRouter implements ModelRouter {
  readonly metrics = null
  readonly services: ModelRouter['services']
  readonly #targets: ReadonlyMap<string, RoutedTarget>
  readonly #default: RoutedTarget

  constructor(targets: ReadonlyMap<string, RoutedTarget>, otherwise: RoutedTarget) {
    this.#targets = targets
    this.#default = otherwise
    this.services = [...targets.values(), otherwise].map(({ service }) => service)
  }

  choose({ body, format, told = null }: RouteQuestion): RouteChoice {
    if (told !== null) return this.#choice('model', told.intent, null, told.problem)
    const { intent, confidence } = classifyIntent(intentTextOf(body, format))
    return this.#choice('local', intent, confidence, null)
  }

  #choice(
    classifier: 'local' | 'model',
    intent: string | null,
    confidence: number | null,
    problem: ToldIntent['problem'],
  ): RouteChoice {
    const target = intent === null ? undefined : this.#targets.get(intent)
    const isDefault = target === undefined
    const reason = { mode: 'intent', classifier, intent, confidence, isDefault, problem } as const
    return { ...(target ?? this.#default), reason, metered: null }
  }
}
