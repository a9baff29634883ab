import type { ModelApiFormValues } from './model-api-form-values.ts'
import { intentsElsewhere } from './model-api-intents.ts'
import { withoutService } from './model-target-values.ts'

/** Names and services belong to one gateway: on another one they are to be chosen again. */
export function onGateway(values: ModelApiFormValues, gatewayId: string): ModelApiFormValues {
  const { metrics, fallback } = values
  return {
    ...values,
    gatewayId,
    domainIds: [],
    single: withoutService(values.single),
    rules: values.rules.map(({ pattern, target }) => ({ pattern, target: withoutService(target) })),
    others: withoutService(values.others),
    weights: values.weights.map(withoutService),
    metrics: { ...metrics, targets: metrics.targets.map(withoutService) },
    intent: intentsElsewhere(values.intent),
    fallback: { ...fallback, targets: fallback.targets.map(withoutService) },
  }
}
