import type { ChatRequest, Reasoning } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** What Converse has no field for, in the words of the model's maker: `additionalModelRequestFields`. */
export function modelFieldsOf(request: ChatRequest, dropped: DroppedFields): JsonObject | null {
  const { model, reasoning, topK } = request
  const fields: JsonObject = {}
  if (model.includes('amazon.nova')) {
    if (topK !== null) fields['inferenceConfig'] = { topK }
    if (reasoning !== null) fields['reasoningConfig'] = novaReasoning(reasoning)
  } else if (/(^|\.)openai\./.test(model)) {
    if (topK !== null) dropped.add('top_k')
    if (reasoning?.effort != null) fields['reasoning_effort'] = reasoning.effort
    else if (reasoning !== null) dropped.add('reasoning')
  } else {
    if (topK !== null) fields['top_k'] = topK
    if (reasoning !== null) writeThinking(fields, reasoning, request.maxTokens, dropped)
  }
  return Object.keys(fields).length === 0 ? null : fields
}

function novaReasoning({ enabled, effort }: Reasoning): JsonObject {
  if (enabled === false) return { type: 'disabled' }
  return { type: 'enabled', maxReasoningEffort: effort === 'minimal' ? 'low' : (effort ?? 'medium') }
}

const budgets = { minimal: 1024, low: 2048, medium: 8192, high: 24_576 } as const
const budgetMin = 1024

/** Claude demands a budget below `maxTokens`. */
function writeThinking(
  fields: JsonObject,
  reasoning: Reasoning,
  maxTokens: number | null,
  dropped: DroppedFields,
): void {
  if (reasoning.enabled === false) {
    fields['thinking'] = { type: 'disabled' }
    return
  }
  const wanted = reasoning.budgetTokens ?? budgets[reasoning.effort ?? 'medium']
  const budget = maxTokens === null ? wanted : Math.min(wanted, maxTokens - 1)
  if (budget < budgetMin) dropped.add('reasoning')
  else fields['thinking'] = { type: 'enabled', budget_tokens: budget }
}
