import { type CreateModelApiForm, type ModelApi, updateModelApiInput } from '@/lib/domain/model-api.ts'
import { routesOf } from '@/lib/domain/model-api-routes.ts'
import type { ModelFallback, ModelRoutingForm } from '@/lib/domain/model-routing.ts'
import type { ModelApiFormValues } from './model-api-form-values.ts'
import { intentRoutingOf } from './model-api-intents.ts'
import { numberOf, targetOf } from './model-target-values.ts'

/** What a create sends; not checked, so a number may still be missing. */
export function createModelApiOf(values: ModelApiFormValues): CreateModelApiForm {
  const { name, gatewayId, useCase, protocol, domainIds, basePath, removeBasePath } = values
  const { resourceGroup, monitoring, enabled } = values
  return {
    name,
    gatewayId,
    useCase,
    protocol,
    disabledRoutes: routesOf(useCase, protocol)
      .map((route) => route.name)
      .filter((route) => values.disabledRoutes.includes(route)),
    domainIds,
    basePath,
    removeBasePath,
    routing: routingOf(values),
    fallback: fallbackOf(values),
    firstPacketTimeoutMs: numberOf(values.firstPacketTimeoutMs),
    resourceGroup,
    monitoring,
    enabled,
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
    case 'intent':
      return intentRoutingOf(values.intent)
  }
}

/** While falling back is off, rows that were not filled in are not meant. */
function fallbackOf({
  fallback: { enabled, upstreamErrorsOnly, targets },
}: ModelApiFormValues): ModelFallback {
  const meant = enabled ? targets : targets.filter(({ serviceId }) => serviceId !== '')
  return { enabled, upstreamErrorsOnly, targets: meant.map(targetOf) }
}

const changeable = [
  'name',
  'disabledRoutes',
  'domainIds',
  'basePath',
  'removeBasePath',
  'routing',
  'fallback',
  'firstPacketTimeoutMs',
  'resourceGroup',
  'monitoring',
  'enabled',
] as const
export type ModelApiSetting = (typeof changeable)[number]
type Settings = Pick<ModelApi, ModelApiSetting>

/** What of an API may be changed, as the API would store it. Throws where the form has complaints. */
export function settingsOf(values: ModelApiFormValues): Settings {
  const { gatewayId: _, useCase: __, protocol: ___, ...settings } = createModelApiOf(values)
  return updateModelApiInput.omit({ plugins: true, version: true }).required().parse(settings)
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
