import { planThinking, type Thinking } from '@/lib/protocols/anthropic-messages/thinking.ts'
import type { ChatRequest, Reasoning } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { present } from '@/lib/protocols/json-reading.ts'

/** What Converse says of sampling and thinking, and in the words of the model's maker what it has no field for. */
export interface ModelSettings {
  readonly inferenceConfig: JsonObject
  readonly additionalModelRequestFields: JsonObject
}

export function modelSettingsOf(request: ChatRequest, dropped: DroppedFields): ModelSettings {
  if (request.model.includes('amazon.nova')) return settingsOfNova(request)
  if (/(^|\.)openai\./.test(request.model)) return settingsOfOpenAi(request, dropped)
  return settingsOfClaude(request, dropped)
}

function settingsOfNova(request: ChatRequest): ModelSettings {
  const { reasoning, topK } = request
  return {
    inferenceConfig: inferenceConfigOf(request),
    additionalModelRequestFields: present({
      inferenceConfig: topK === null ? null : { topK },
      reasoningConfig: reasoning === null ? null : novaReasoning(reasoning),
    }),
  }
}

function novaReasoning({ enabled, effort }: Reasoning): JsonObject {
  if (enabled === false) return { type: 'disabled' }
  return { type: 'enabled', maxReasoningEffort: effort === 'minimal' ? 'low' : (effort ?? 'medium') }
}

function settingsOfOpenAi(request: ChatRequest, dropped: DroppedFields): ModelSettings {
  const { reasoning, topK } = request
  if (topK !== null) dropped.add('top_k')
  if (reasoning !== null && reasoning.effort === null) dropped.add('reasoning')
  return {
    inferenceConfig: inferenceConfigOf(request),
    additionalModelRequestFields: present({ reasoning_effort: reasoning?.effort ?? null }),
  }
}

/** Other makers took over its names, where they have such settings at all. */
function settingsOfClaude(request: ChatRequest, dropped: DroppedFields): ModelSettings {
  const thinking = planThinking(request, dropped)
  if (thinking.isOn) return settingsOfThinking(request, thinking, dropped)
  const isOff = request.reasoning?.enabled === false
  return {
    inferenceConfig: inferenceConfigOf(request),
    additionalModelRequestFields: present({
      top_k: request.topK,
      thinking: isOff ? { type: 'disabled' } : null,
    }),
  }
}

/** The least that a model takes that thinks. */
const thinkingTopPMin = 0.95

/** A model that thinks takes no temperature and no `top_k`. */
function settingsOfThinking(
  request: ChatRequest,
  thinking: Thinking & { readonly isOn: true },
  dropped: DroppedFields,
): ModelSettings {
  const { temperature, topP, topK } = request
  const keepsTopP = topP !== null && topP >= thinkingTopPMin
  if (temperature !== null && temperature !== 1) dropped.add('temperature')
  if (topK !== null) dropped.add('top_k')
  if (topP !== null && !keepsTopP) dropped.add('top_p')
  const { maxTokens, budgetTokens } = thinking
  return {
    inferenceConfig: inferenceConfigOf({
      ...request,
      maxTokens,
      temperature: null,
      topP: keepsTopP ? topP : null,
    }),
    additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: budgetTokens } },
  }
}

function inferenceConfigOf({ maxTokens, temperature, topP, stop }: ChatRequest): JsonObject {
  return present({ maxTokens, temperature, topP, stopSequences: stop.length > 0 ? stop : null })
}
