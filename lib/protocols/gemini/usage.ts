import type { Usage } from '@/lib/protocols/canonical.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { numberOf, present } from '@/lib/protocols/json-reading.ts'

/** Cumulative in streams. Thoughts are counted beside the candidates; counts of zero are left out. */
export function usageOf(metadata: JsonValue | undefined): Usage | null {
  if (!isJsonObject(metadata)) return null
  const input = numberOf(metadata['promptTokenCount'])
  const candidates = numberOf(metadata['candidatesTokenCount'])
  const thoughts = numberOf(metadata['thoughtsTokenCount'])
  if (input === null && candidates === null && thoughts === null) return null
  return {
    input: input === null ? null : input + (numberOf(metadata['toolUsePromptTokenCount']) ?? 0),
    output: (candidates ?? 0) + (thoughts ?? 0),
    cachedInput: numberOf(metadata['cachedContentTokenCount']),
    cacheWriteInput: null,
    reasoning: thoughts,
  }
}

export function usageMetadataOf(usage: Usage, dropped: DroppedFields): JsonObject {
  if ((usage.cacheWriteInput ?? 0) > 0) dropped.add('usage.cache_creation_input_tokens')
  return present({
    promptTokenCount: usage.input,
    cachedContentTokenCount: usage.cachedInput,
    candidatesTokenCount: usage.output === null ? null : usage.output - (usage.reasoning ?? 0),
    thoughtsTokenCount: usage.reasoning,
    totalTokenCount: (usage.input ?? 0) + (usage.output ?? 0),
  })
}
