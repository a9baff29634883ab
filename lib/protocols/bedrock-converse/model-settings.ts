import { thinksAsItSeesFit } from '@/lib/protocols/anthropic-messages/claude-generation.ts'
import { samplingOf } from '@/lib/protocols/anthropic-messages/sampling.ts'
import { planThinking, writeThinking } from '@/lib/protocols/anthropic-messages/thinking.ts'
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
  const isOff = request.reasoning?.enabled === false && !thinksAsItSeesFit(request.model)
  const isClaude = /claude/.test(request.model)
  const { temperature, topP, topK } =
    isClaude || thinking.isOn ? samplingOf(request, thinking, dropped) : request
  const maxTokens = thinking.isOn ? thinking.maxTokens : request.maxTokens
  return {
    inferenceConfig: inferenceConfigOf({ ...request, maxTokens, temperature, topP }),
    additionalModelRequestFields: present({
      top_k: topK,
      ...writeThinking(thinking),
      ...(isOff ? { thinking: { type: 'disabled' } } : {}),
    }),
  }
}

function inferenceConfigOf({ maxTokens, temperature, topP, stop }: ChatRequest): JsonObject {
  return present({ maxTokens, temperature, topP, stopSequences: stop.length > 0 ? stop : null })
}
