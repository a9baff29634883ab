import type { Usage } from '@/lib/protocols/canonical.ts'
import { isJsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { numberOf } from '@/lib/protocols/json-reading.ts'

export function usageOf(usage: JsonValue | undefined): Usage | null {
  if (!isJsonObject(usage)) return null
  const input = numberOf(usage['prompt_tokens'])
  const output = numberOf(usage['completion_tokens'])
  if (input === null && output === null) return null
  return { input, output, cachedInput: null, cacheWriteInput: null, reasoning: null }
}
