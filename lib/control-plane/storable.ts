const countMax = 2_147_483_647
const unstorable = /[\0\p{Surrogate}]/u

function storableText(text: string): string {
  return unstorable.test(text) ? Buffer.from(text).toString().replaceAll('\0', '\ufffd') : text
}

/**
 * What callers and services made up, as both databases take it: PostgreSQL stores neither NUL nor half a surrogate pair,
 * and one text that it refuses would cost a node all that it tells with it.
 */
export function storable<T>(value: T): T {
  return storableValue(value) as T
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storableValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [storableText(name), storableValue(entry)]),
  )
}

/** A count of a service, which may say anything: whole, not below zero, and no more than a column holds. */
export function storableCount(count: number | null): number | null {
  return count === null ? null : Math.round(Math.min(Math.max(count, 0), countMax))
}
