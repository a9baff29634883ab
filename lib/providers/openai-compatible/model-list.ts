import { isJsonObject, type JsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import type { ModelList } from '@/lib/providers/provider.ts'

const jsonOnly = ['accept', 'application/json']

/** OpenAI's list: `{ data: [{ id }] }`. */
export function openAiModelList(origin: string, path: string): ModelList {
  return { origin, path, headers: jsonOnly, read: (body) => namesIn(body['data'], 'id') }
}

/** The names in a list of objects, each once; whatever is no such object is left out. */
export function namesIn(list: JsonObject[string], field: string): readonly string[] {
  if (!Array.isArray(list)) return []
  const names = new Set<string>()
  for (const entry of list as readonly JsonValue[]) {
    const name = isJsonObject(entry) ? entry[field] : undefined
    if (typeof name === 'string' && name !== '') names.add(name)
  }
  return [...names]
}
