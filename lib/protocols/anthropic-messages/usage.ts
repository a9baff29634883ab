import type { Usage } from '@/lib/protocols/canonical.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { numberOf } from '@/lib/protocols/json-reading.ts'

/** As Anthropic tells it, where what was cached is no part of `input`. */
export interface AnthropicUsage {
  input: number | null
  output: number | null
  cacheRead: number | null
  cacheWrite: number | null
}

/** Takes over what is told anew: counts within a stream are totals, and later ones count. */
export function addUsage(usage: AnthropicUsage, told: JsonObject): void {
  usage.input = numberOf(told['input_tokens']) ?? usage.input
  usage.output = numberOf(told['output_tokens']) ?? usage.output
  usage.cacheRead = numberOf(told['cache_read_input_tokens']) ?? usage.cacheRead
  usage.cacheWrite = numberOf(told['cache_creation_input_tokens']) ?? usage.cacheWrite
}

export function emptyUsage(): AnthropicUsage {
  return { input: null, output: null, cacheRead: null, cacheWrite: null }
}

/** Null where nothing was told. */
export function toUsage({ input, output, cacheRead, cacheWrite }: AnthropicUsage): Usage | null {
  if (input === null && output === null) return null
  return {
    input: input === null ? null : input + (cacheRead ?? 0) + (cacheWrite ?? 0),
    output,
    cachedInput: cacheRead,
    cacheWriteInput: cacheWrite,
    reasoning: null,
  }
}

/** Clients count on the numbers: unknown is written as 0. */
export function writeUsage(usage: Usage | null): JsonObject {
  const cached = usage?.cachedInput ?? 0
  const written = usage?.cacheWriteInput ?? 0
  return {
    input_tokens: Math.max(0, (usage?.input ?? 0) - cached - written),
    cache_creation_input_tokens: written,
    cache_read_input_tokens: cached,
    output_tokens: usage?.output ?? 0,
  }
}
