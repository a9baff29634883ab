import type { Usage } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { numberOf, present } from '@/lib/protocols/json-reading.ts'

/** `inputTokens` leaves out what was read from a cache or written to one. */
export function usageOf(usage: JsonValue | undefined): Usage | null {
  if (!isJsonObject(usage)) return null
  const input = numberOf(usage['inputTokens'])
  const output = numberOf(usage['outputTokens'])
  if (input === null && output === null) return null
  const cachedInput = numberOf(usage['cacheReadInputTokens'])
  const cacheWriteInput = numberOf(usage['cacheWriteInputTokens'])
  return {
    input: input === null ? null : input + (cachedInput ?? 0) + (cacheWriteInput ?? 0),
    output,
    cachedInput,
    cacheWriteInput,
    reasoning: null,
  }
}

export function writeUsage(usage: Usage, dropped: DroppedFields): JsonObject {
  if ((usage.reasoning ?? 0) > 0) dropped.add('usage.reasoning_tokens')
  const cached = (usage.cachedInput ?? 0) + (usage.cacheWriteInput ?? 0)
  return present({
    inputTokens: usage.input === null ? null : usage.input - cached,
    outputTokens: usage.output,
    totalTokens: (usage.input ?? 0) + (usage.output ?? 0),
    cacheReadInputTokens: usage.cachedInput,
    cacheWriteInputTokens: usage.cacheWriteInput,
  })
}
