import * as fc from 'fast-check'
import type { JsonObject, JsonValue } from '@/lib/protocols/json.ts'

/** A body with one of its values replaced by some other JSON, or left out. */
export function mutated(body: JsonObject): fc.Arbitrary<JsonObject> {
  const paths = pathsOf(body)
  return fc
    .tuple(
      fc.nat({ max: Math.max(0, paths.length - 1) }),
      fc.option(fc.jsonValue({ maxDepth: 2 }), { nil: undefined }),
    )
    .map(([index, value]) => {
      const changed = replaced(body, paths[index] ?? [], value as JsonValue | undefined)
      // The whole of a body that has no fields was taken out.
      return (changed === undefined ? {} : changed) as JsonObject
    })
}

function pathsOf(value: JsonValue | undefined, path: readonly string[] = []): Array<readonly string[]> {
  if (typeof value !== 'object' || value === null) return [path]
  const below = Object.entries(value).flatMap(([key, item]) => pathsOf(item as JsonValue, [...path, key]))
  return path.length === 0 ? below : [path, ...below]
}

function replaced(
  value: JsonValue | undefined,
  [key, ...rest]: readonly string[],
  by: JsonValue | undefined,
): JsonValue | undefined {
  if (key === undefined) return by
  if (Array.isArray(value)) {
    return value.map((item: JsonValue, index) =>
      String(index) === key ? (replaced(item, rest, by) ?? null) : item,
    )
  }
  const object = { ...(value as JsonObject) }
  const change = replaced(object[key], rest, by)
  if (change === undefined) delete object[key]
  else object[key] = change
  return object
}
