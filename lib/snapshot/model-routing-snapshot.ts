/** A service and the model that it is asked for. */
export interface ModelTarget {
  readonly serviceId: string
  /** Null: as the caller names it. */
  readonly model: string | null
}

/** How a Model API chooses among its services, as `lib/domain/model-routing.ts` has it. */
export type RoutingSnapshot =
  | { readonly mode: 'single'; readonly target: ModelTarget }
  | {
      readonly mode: 'model-name'
      /** The first whose pattern takes the model decides. */
      readonly rules: ReadonlyArray<{ readonly pattern: string; readonly target: ModelTarget }>
      readonly default: ModelTarget | null
    }
  | {
      readonly mode: 'weight'
      /** Whole weights that sum to 100. */
      readonly targets: ReadonlyArray<ModelTarget & { readonly weight: number }>
    }
  | {
      readonly mode: 'metrics'
      readonly objective: 'least-busy' | 'least-first-token-latency' | 'least-total-latency'
      /** Above 0; 1: no limit. */
      readonly maxShare: number
      /** In calls. */
      readonly window: number
      readonly targets: readonly ModelTarget[]
    }
  | {
      readonly mode: 'intent'
      readonly classifier: IntentClassifierSnapshot
      /** Of a model: what it chooses among. */
      readonly labels: ReadonlyArray<{
        readonly name: string
        readonly title: string | null
        readonly description: string
      }>
      /** By what the classifier tells apart. */
      readonly intents: Readonly<Partial<Record<string, ModelTarget>>>
      readonly default: ModelTarget
    }

export type IntentClassifierSnapshot =
  | { readonly type: 'local' }
  | {
      readonly type: 'model'
      readonly serviceId: string
      readonly model: string
      /** After it the default is taken. */
      readonly timeoutMs: number
    }

/** What is asked, in this order, where the chosen service does not answer well. */
export interface FallbackSnapshot {
  /** Failures that no service has answered with are not followed up. */
  readonly upstreamErrorsOnly: boolean
  readonly targets: readonly ModelTarget[]
}

/** Every service that a routing may choose. */
export function targetsOf(routing: RoutingSnapshot): readonly ModelTarget[] {
  switch (routing.mode) {
    case 'single':
      return [routing.target]
    case 'model-name': {
      const targets = routing.rules.map(({ target }) => target)
      return routing.default === null ? targets : [...targets, routing.default]
    }
    case 'weight':
    case 'metrics':
      return routing.targets
    case 'intent':
      return [...Object.values(routing.intents).filter((target) => target !== undefined), routing.default]
  }
}
