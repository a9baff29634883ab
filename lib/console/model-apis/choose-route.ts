import { modelMatcher } from '@/lib/domain/model-pattern.ts'
import { type ModelRouting, type NamedTarget, targetsOfRouting } from '@/lib/domain/model-routing.ts'
import type { TestedReason } from '@/lib/domain/test-route.ts'
import { explainIntent } from '@/lib/intents/explain-intent.ts'

export interface RouteSample {
  readonly model: string | null
  readonly prompt: string
}

export interface ChosenRoute {
  /** Empty: it is not routed. Several: weights or metrics decide among them; `share` in percent. */
  readonly targets: ReadonlyArray<NamedTarget & { readonly share?: number }>
  readonly reason: TestedReason
}

/** Where nodes would send such a request, and why. */
export function chooseRoute(routing: ModelRouting, { model, prompt }: RouteSample): ChosenRoute {
  const targets = targetsOfRouting(routing)
  const at = (path: string) => targets.filter((target) => target.path === path)
  switch (routing.mode) {
    case 'single':
      return { targets, reason: { mode: 'single' } }
    case 'model-name': {
      const rule =
        model === null ? -1 : routing.rules.findIndex(({ pattern }) => modelMatcher(pattern)(model))
      const { pattern } = routing.rules[rule] ?? { pattern: null }
      if (pattern === null) {
        return { targets: at('default'), reason: { mode: 'model-name', rule: null, pattern } }
      }
      return { targets: at(`rules.${rule}.target`), reason: { mode: 'model-name', rule, pattern } }
    }
    case 'weight':
      return {
        targets: targets.map((target, index) => ({ ...target, share: routing.targets[index]?.weight ?? 0 })),
        reason: { mode: 'weight' },
      }
    case 'metrics':
      return { targets, reason: { mode: 'metrics', objective: routing.objective } }
    case 'intent': {
      const { intent, likeliest, confidence, reasons } = explainIntent(prompt)
      const set = intent === null ? [] : at(`intents.${intent}`)
      const isDefault = set.length === 0
      const told = { intent, likeliest, confidence, problem: null, isDefault, reasons: [...reasons] }
      return {
        targets: isDefault ? at('default') : set,
        reason: { mode: 'intent', classifier: 'local', ...told },
      }
    }
  }
}
