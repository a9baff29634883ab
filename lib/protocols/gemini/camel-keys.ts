import type { JsonObject } from '@/lib/protocols/json.ts'

/** Google's parsers take a field as `inlineData` and as `inline_data`, and its own examples use both. */
export function camelKeys(object: JsonObject): JsonObject {
  if (!Object.keys(object).some((key) => key.includes('_'))) return object
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}
