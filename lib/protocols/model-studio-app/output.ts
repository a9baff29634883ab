import type { Usage } from '@/lib/protocols/canonical.ts'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'

/** An application may ask several models; each tells its own tokens, in streams of all so far. */
export function usageOf(usage: JsonValue | undefined): Usage | null {
  const models = objectsOf(objectOf(usage)['models'])
  if (models.length === 0) return null
  return {
    input: sumOf(models, 'input_tokens'),
    output: sumOf(models, 'output_tokens'),
    cachedInput: null,
    cacheWriteInput: null,
    reasoning: null,
  }
}

function sumOf(models: readonly JsonObject[], name: string): number | null {
  const counts = models.map((model) => numberOf(model[name])).filter((count) => count !== null)
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0)
}

/** The first model that was asked. */
export function modelOf(usage: JsonValue | undefined): string {
  return textOf(objectsOf(objectOf(usage)['models'])[0]?.['model_id']) ?? ''
}

/** Of the thoughts, those of the model; the others tell of tools and documents. */
export function reasoningOf(output: JsonObject): string {
  return objectsOf(output['thoughts'])
    .filter((thought) => thought['action_type'] === 'reasoning')
    .map((thought) => textOf(thought['thought']) ?? '')
    .join('')
}
