import type { StopReason, Usage } from '@/lib/protocols/canonical.ts'
import { isJsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { numberOf, objectOf } from '@/lib/protocols/json-reading.ts'

/** In each event of a stream, of all so far. */
export function usageOf(usage: JsonValue | undefined): Usage | null {
  if (!isJsonObject(usage)) return null
  const input = numberOf(usage['PromptTokens'])
  const output = numberOf(usage['CompletionTokens'])
  if (input === null && output === null) return null
  return {
    input,
    output,
    cachedInput: numberOf(objectOf(usage['PromptTokensDetails'])['CachedTokens']),
    cacheWriteInput: null,
    reasoning: numberOf(objectOf(usage['CompletionTokensDetails'])['ReasoningTokens']),
  }
}

/** Null while the answer goes on: streams then name an empty one. */
export function stopReasonOf(finishReason: JsonValue | undefined): StopReason | null {
  if (typeof finishReason !== 'string' || finishReason === '') return null
  return reasons.get(finishReason) ?? 'other'
}

const reasons: ReadonlyMap<string, StopReason> = new Map([
  ['stop', 'end'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['sensitive', 'content-filter'],
])
