import { modelMatcher } from '@/lib/domain/model-pattern.ts'
import { type ModelRouting, type NamedTarget, targetsOfRouting } from '@/lib/domain/model-routing.ts'
import type { ToldIntent } from '@/lib/domain/route-reason.ts'
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

/** Where nodes would send such a request, and why. `told`: by the model, where one tells intents apart. */
export function chooseRoute(
  routing: ModelRouting,
  { model, prompt }: RouteSample,
  told: ToldIntent | null = null,
): ChosenRoute {
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
    case 'intent':
      return told === null ? chooseByIntent(targets, explained(prompt)) : chooseByIntent(targets, said(told))
  }
}

type IntentReason = Extract<TestedReason, { readonly mode: 'intent' }>
type Told = Omit<IntentReason, 'mode' | 'isDefault'>

function chooseByIntent(targets: readonly NamedTarget[], told: Told): ChosenRoute {
  const at = (path: string) => targets.filter((target) => target.path === path)
  const set = told.intent === null ? [] : at(`intents.${told.intent}`)
  const isDefault = set.length === 0
  return { targets: isDefault ? at('default') : set, reason: { mode: 'intent', ...told, isDefault } }
}

function explained(prompt: string): Told {
  const { intent, likeliest, confidence, reasons } = explainIntent(prompt)
  return { classifier: 'local', intent, likeliest, confidence, problem: null, reasons: [...reasons] }
}

function said({ intent, problem }: ToldIntent): Told {
  return { classifier: 'model', intent, likeliest: null, confidence: null, problem, reasons: [] }
}
