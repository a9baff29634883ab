import { defaultResourceGroup, type ModelApi } from '@/lib/domain/model-api.ts'
import { type ModelApiProtocol, type ModelApiUseCase, protocolsOf } from '@/lib/domain/model-api-routes.ts'
import { defaultMonitoring, type ModelMonitoring } from '@/lib/domain/model-monitoring.ts'
import type { ModelRouting, metricsObjectives } from '@/lib/domain/model-routing.ts'
import { emptyIntents, type IntentValues, intentValues } from './model-api-intents.ts'
import { emptyTarget, type TargetValues, targetValues } from './model-target-values.ts'

/** What stands in the form. Each way of routing keeps its own input while another one is chosen. */
export interface ModelApiFormValues {
  name: string
  gatewayId: string
  useCase: ModelApiUseCase
  protocol: ModelApiProtocol
  /** Names; of every protocol that was chosen meanwhile. */
  disabledRoutes: string[]
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
  intent: IntentValues
  fallback: { enabled: boolean; upstreamErrorsOnly: boolean; targets: TargetValues[] }
  firstPacketTimeoutMs: number | null
  resourceGroup: string
  monitoring: ModelMonitoring
  enabled: boolean
}

/** A new one, with the first protocol of its use case. */
export function emptyModelApiForm(gatewayId: string, useCase: ModelApiUseCase = 'text'): ModelApiFormValues {
  return {
    name: '',
    gatewayId,
    useCase,
    protocol: protocolsOf(useCase)[0] ?? 'openai',
    disabledRoutes: [],
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
    intent: emptyIntents(),
    fallback: { enabled: false, upstreamErrorsOnly: false, targets: [emptyTarget()] },
    firstPacketTimeoutMs: 0,
    resourceGroup: defaultResourceGroup,
    monitoring: defaultMonitoring,
    enabled: true,
  }
}

/** A stored API as the form shows it. */
export function modelApiFormOf(api: ModelApi): ModelApiFormValues {
  const { name, useCase, protocol, basePath, removeBasePath, routing, fallback } = api
  const { resourceGroup, monitoring, firstPacketTimeoutMs } = api
  const { enabled, upstreamErrorsOnly, targets } = fallback
  return {
    ...emptyModelApiForm(api.gateway.id, useCase),
    name,
    protocol,
    disabledRoutes: [...api.disabledRoutes],
    domainIds: [...api.domainIds],
    basePath,
    removeBasePath,
    firstPacketTimeoutMs,
    resourceGroup,
    monitoring,
    enabled: api.enabled,
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
    case 'intent':
      return { intent: intentValues(routing) }
  }
}
