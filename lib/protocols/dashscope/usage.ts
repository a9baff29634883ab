import type { Usage } from '@/lib/protocols/canonical.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, present } from '@/lib/protocols/json-reading.ts'

/** Cumulative in streams; what was read from a cache is part of `input_tokens`. */
export function usageOf(usage: JsonValue | undefined): Usage | null {
  if (!isJsonObject(usage)) return null
  const input = numberOf(usage['input_tokens'])
  const output = numberOf(usage['output_tokens'])
  if (input === null && output === null) return null
  const details = objectOf(usage['prompt_tokens_details'])
  return {
    input,
    output,
    cachedInput: numberOf(details['cached_tokens']),
    cacheWriteInput: numberOf(details['cache_creation_input_tokens']),
    reasoning: numberOf(objectOf(usage['output_tokens_details'])['reasoning_tokens']),
  }
}

export function writeUsage(usage: Usage): JsonObject {
  const prompt = present({
    cached_tokens: usage.cachedInput,
    cache_creation_input_tokens: usage.cacheWriteInput,
  })
  return present({
    input_tokens: usage.input,
    output_tokens: usage.output,
    total_tokens: (usage.input ?? 0) + (usage.output ?? 0),
    prompt_tokens_details: Object.keys(prompt).length > 0 ? prompt : null,
    output_tokens_details: usage.reasoning === null ? null : { reasoning_tokens: usage.reasoning },
  })
}
