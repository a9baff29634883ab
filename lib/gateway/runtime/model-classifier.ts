import { AskedService } from '@/lib/gateway/runtime/asked-service.ts'
import type { RoutedTarget } from '@/lib/gateway/runtime/routing/model-router.ts'
import { intentInstructions } from '@/lib/intents/by-model/intent-question.ts'
import type { ModelTarget, RoutingSnapshot } from '@/lib/snapshot/model-routing-snapshot.ts'

type IntentRouting = Extract<RoutingSnapshot, { readonly mode: 'intent' }>

/** A model that tells the intents of one Model API apart. */
export class ModelClassifier {
  readonly asked: AskedService
  readonly model: string
  readonly timeoutMs: number
  readonly names: ReadonlySet<string>
  readonly instructions: string

  constructor(
    target: RoutedTarget,
    { model, timeoutMs }: { readonly model: string; readonly timeoutMs: number },
    labels: IntentRouting['labels'],
  ) {
    this.asked = new AskedService(target, '/v1/chat/completions')
    this.model = model
    this.timeoutMs = timeoutMs
    this.names = new Set(labels.map(({ name }) => name))
    this.instructions = intentInstructions(labels)
  }
}

/** Null: the routing asks no model. */
export function buildClassifier(
  routing: RoutingSnapshot,
  find: (target: ModelTarget) => RoutedTarget,
): ModelClassifier | null {
  if (routing.mode !== 'intent' || routing.classifier.type === 'local') return null
  const { classifier, labels } = routing
  return new ModelClassifier(find({ serviceId: classifier.serviceId, model: null }), classifier, labels)
}
