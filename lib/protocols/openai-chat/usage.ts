import type { Usage } from '@/lib/protocols/canonical.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf } from '@/lib/protocols/json-reading.ts'

/** At the top level, or in the first choice as Moonshot has it; null where none is told. */
export function readUsage(body: JsonObject): Usage | null {
  return usageOf(body['usage']) ?? usageOf(objectsOf(body['choices'])[0]?.['usage'])
}

function usageOf(usage: JsonValue | undefined): Usage | null {
  if (!isJsonObject(usage)) return null
  const input = numberOf(usage['prompt_tokens'])
  const output = numberOf(usage['completion_tokens'])
  if (input === null && output === null) return null
  const read = objectOf(usage['prompt_tokens_details'])
  return {
    input,
    output,
    // The last two are DeepSeek's and Moonshot's.
    cachedInput:
      numberOf(read['cached_tokens']) ??
      numberOf(usage['prompt_cache_hit_tokens']) ??
      numberOf(usage['cached_tokens']),
    // Model Studio's.
    cacheWriteInput: numberOf(read['cache_creation_input_tokens']),
    reasoning: numberOf(objectOf(usage['completion_tokens_details'])['reasoning_tokens']),
  }
}

export function writeUsage({ input, output, cachedInput, cacheWriteInput, reasoning }: Usage): JsonObject {
  const usage: JsonObject = {
    prompt_tokens: input ?? 0,
    completion_tokens: output ?? 0,
    total_tokens: (input ?? 0) + (output ?? 0),
  }
  if (cachedInput !== null || cacheWriteInput !== null) {
    const details: JsonObject = { cached_tokens: cachedInput ?? 0 }
    if (cacheWriteInput !== null) details['cache_creation_input_tokens'] = cacheWriteInput
    usage['prompt_tokens_details'] = details
  }
  if (reasoning !== null) usage['completion_tokens_details'] = { reasoning_tokens: reasoning }
  return usage
}
