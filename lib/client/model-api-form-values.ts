import { type CreateModelApiForm, type ModelApi, updateModelApiInput } from '@/lib/domain/model-api.ts'
import {
  localIntents,
  type ModelFallback,
  type ModelRouting,
  type ModelRoutingForm,
  type ModelTarget,
  type metricsObjectives,
} from '@/lib/domain/model-routing.ts'

export type LocalIntent = (typeof localIntents)[number]
type TargetForm = { serviceId: string; model: string | null }

/** Empty: not chosen; an empty model is passed through. */
export interface TargetValues {
  serviceId: string
  model: string
}

/** What stands in the form. Each way of routing keeps its own input while another one is chosen. */
export interface ModelApiFormValues {
  name: string
  gatewayId: string
  useCase: ModelApi['useCase']
  protocol: ModelApi['protocol']
  domainIds: string[]
  basePath: string
  removeBasePath: boolean
  mode: ModelRouting['mode']
  single: TargetValues
  rules: Array<{ pattern: string; target: TargetValues }>
  /** Models that no rule takes are routed as well. */
  routesOthers: boolean
  others: TargetValues
  weights: Array<TargetValues & { weight: number | null }>
  metrics: {
    objective: (typeof metricsObjectives)[number]
    /** Percent. */
    largestShare: number | null
    window: number | null
    targets: TargetValues[]
  }
  intents: Record<LocalIntent, TargetValues>
  intentDefault: TargetValues
  fallback: { enabled: boolean; upstreamErrorsOnly: boolean; targets: TargetValues[] }
  firstPacketTimeoutMs: number | null
}

export function emptyTarget(): TargetValues {
  return { serviceId: '', model: '' }
}

export function emptyModelApiForm(gatewayId: string): ModelApiFormValues {
  return {
    name: '',
    gatewayId,
    useCase: 'text',
    protocol: 'openai',
    domainIds: [],
    basePath: '/',
    removeBasePath: false,
    mode: 'single',
    single: emptyTarget(),
    rules: [{ pattern: '', target: emptyTarget() }],
    routesOthers: true,
    others: emptyTarget(),
    weights: [{ ...emptyTarget(), weight: 100 }],
    metrics: {
      objective: 'least-busy',
      largestShare: 80,
      window: 100,
      targets: [emptyTarget(), emptyTarget()],
    },
    intents: emptyIntents(),
    intentDefault: emptyTarget(),
    fallback: { enabled: false, upstreamErrorsOnly: false, targets: [emptyTarget()] },
    firstPacketTimeoutMs: 0,
  }
}

function emptyIntents(): ModelApiFormValues['intents'] {
  return {
    code: emptyTarget(),
    math: emptyTarget(),
    translation: emptyTarget(),
    fast: emptyTarget(),
    reasoning: emptyTarget(),
  }
}

/** Names and services belong to one gateway: on another one they are to be chosen again. */
export function onGateway(values: ModelApiFormValues, gatewayId: string): ModelApiFormValues {
  const clear = <T extends TargetValues>(target: T): T => ({ ...target, serviceId: '' })
  const { intents, metrics, fallback } = values
  return {
    ...values,
    gatewayId,
    domainIds: [],
    single: clear(values.single),
    rules: values.rules.map(({ pattern, target }) => ({ pattern, target: clear(target) })),
    others: clear(values.others),
    weights: values.weights.map(clear),
    metrics: { ...metrics, targets: metrics.targets.map(clear) },
    intents: {
      code: clear(intents.code),
      math: clear(intents.math),
      translation: clear(intents.translation),
      fast: clear(intents.fast),
      reasoning: clear(intents.reasoning),
    },
    intentDefault: clear(values.intentDefault),
    fallback: { ...fallback, targets: fallback.targets.map(clear) },
  }
}

/** A stored API as the form shows it. */
export function modelApiFormOf(api: ModelApi): ModelApiFormValues {
  const { name, useCase, protocol, domainIds, basePath, removeBasePath, routing, fallback } = api
  const { enabled, upstreamErrorsOnly, targets } = fallback
  return {
    ...emptyModelApiForm(api.gateway.id),
    name,
    useCase,
    protocol,
    domainIds: [...domainIds],
    basePath,
    removeBasePath,
    firstPacketTimeoutMs: api.firstPacketTimeoutMs,
    mode: routing.mode,
    ...routingValues(routing),
    fallback: {
      enabled,
      upstreamErrorsOnly,
      targets: targets.length === 0 ? [emptyTarget()] : targets.map(targetValues),
    },
  }
}

function routingValues(routing: ModelRouting): Partial<ModelApiFormValues> {
  switch (routing.mode) {
    case 'single':
      return { single: targetValues(routing.target) }
    case 'model-name':
      return {
        rules: routing.rules.map(({ pattern, target }) => ({ pattern, target: targetValues(target) })),
        routesOthers: routing.default !== null,
        others: routing.default === null ? emptyTarget() : targetValues(routing.default),
      }
    case 'weight':
      return {
        weights: routing.targets.map((target) => ({ ...targetValues(target), weight: target.weight })),
      }
    case 'metrics': {
      const { objective, maxShare, window, targets } = routing
      const largestShare = Math.round(maxShare * 10_000) / 100
      return { metrics: { objective, largestShare, window, targets: targets.map(targetValues) } }
    }
    case 'intent': {
      const intents = emptyIntents()
      for (const intent of localIntents) {
        const target = routing.intents[intent]
        if (target !== undefined) intents[intent] = targetValues(target)
      }
      return { intents, intentDefault: targetValues(routing.default) }
    }
  }
}

function targetValues({ serviceId, model }: ModelTarget): TargetValues {
  return { serviceId, model: model ?? '' }
}

/** What a create sends; not checked, so a number may still be missing. */
export function createModelApiOf(values: ModelApiFormValues): CreateModelApiForm {
  const { name, gatewayId, useCase, protocol, domainIds, basePath, removeBasePath } = values
  return {
    name,
    gatewayId,
    useCase,
    protocol,
    domainIds,
    basePath,
    removeBasePath,
    routing: routingOf(values),
    fallback: fallbackOf(values),
    firstPacketTimeoutMs: numberOf(values.firstPacketTimeoutMs),
  }
}

function routingOf(values: ModelApiFormValues): ModelRoutingForm {
  switch (values.mode) {
    case 'single':
      return { mode: 'single', target: targetOf(values.single) }
    case 'model-name':
      return {
        mode: 'model-name',
        rules: values.rules.map(({ pattern, target }) => ({ pattern, target: targetOf(target) })),
        default: values.routesOthers ? targetOf(values.others) : null,
      }
    case 'weight':
      return {
        mode: 'weight',
        targets: values.weights.map((row) => ({ ...targetOf(row), weight: numberOf(row.weight) })),
      }
    case 'metrics': {
      const { objective, largestShare, window, targets } = values.metrics
      return {
        mode: 'metrics',
        objective,
        maxShare: numberOf(largestShare) / 100,
        window: numberOf(window),
        targets: targets.map(targetOf),
      }
    }
    case 'intent': {
      const chosen = localIntents.filter((intent) => values.intents[intent].serviceId !== '')
      return {
        mode: 'intent',
        intents: Object.fromEntries(chosen.map((intent) => [intent, targetOf(values.intents[intent])])),
        default: targetOf(values.intentDefault),
      }
    }
  }
}

/** While falling back is off, rows that were not filled in are not meant. */
function fallbackOf({
  fallback: { enabled, upstreamErrorsOnly, targets },
}: ModelApiFormValues): ModelFallback {
  const meant = enabled ? targets : targets.filter(({ serviceId }) => serviceId !== '')
  return { enabled, upstreamErrorsOnly, targets: meant.map(targetOf) }
}

function targetOf({ serviceId, model }: TargetValues): TargetForm {
  return { serviceId, model: model.trim() === '' ? null : model }
}

/** An emptied number is none: schemas refuse it. */
function numberOf(value: number | null): number {
  return value ?? Number.NaN
}

const changeable = [
  'domainIds',
  'basePath',
  'removeBasePath',
  'routing',
  'fallback',
  'firstPacketTimeoutMs',
] as const
export type ModelApiSetting = (typeof changeable)[number]
type Settings = Pick<ModelApi, ModelApiSetting>

/** What of an API may be changed, as the API would store it. Throws where the form has complaints. */
export function settingsOf(values: ModelApiFormValues): Settings {
  const { name: _, gatewayId: __, useCase: ___, protocol: ____, ...settings } = createModelApiOf(values)
  const parsed = updateModelApiInput.parse({ ...settings, version: 1 })
  const { domainIds = [], basePath = '/', removeBasePath = false, firstPacketTimeoutMs = 0 } = parsed
  const { routing, fallback } = parsed
  if (routing === undefined || fallback === undefined)
    throw new Error('The form has a routing and a fallback.')
  return { domainIds, basePath, removeBasePath, routing, fallback, firstPacketTimeoutMs }
}

/** The settings in which two states of an API differ, in the order of the form. */
export function changedSettings(before: Settings, after: Settings): ModelApiSetting[] {
  return changeable.filter((name) => comparable(before[name]) !== comparable(after[name]))
}

/** The order of keys means nothing, that of rows does. */
function comparable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort())
      : inner,
  )
}
