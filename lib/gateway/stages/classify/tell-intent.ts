import type { ToldIntent } from '@/lib/domain/route-reason.ts'
import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import { classifyByModel } from '@/lib/gateway/stages/classify/classify-by-model.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** Null where no model tells the intents of this API apart, or there is nothing that it could read. */
export function tellIntent(
  call: ApiCall,
  body: JsonObject | null,
  format: CallerFormat | null,
): Promise<ToldIntent> | null {
  const { classifier } = call.operation.published
  return classifier === null || body === null ? null : classifyByModel(classifier, { body, format }, call)
}
