import type { FieldChange } from '@/lib/domain/activity.ts'

type Document = Readonly<Record<string, unknown>>

/** What stands in the activity in place of a secret. */
const replaced = 'replaced'

/** Changed top-level fields only; the values of `secret` fields are the word "replaced". */
export function changedFields(
  before: Document | null,
  after: Document | null,
  secret: readonly string[] = [],
): FieldChange[] {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])
  const changes: FieldChange[] = []
  for (const key of keys) {
    const from = before?.[key] ?? null
    const to = after?.[key] ?? null
    if (canonical(from) === canonical(to)) continue
    const hide = (value: unknown) => (secret.includes(key) && value !== null ? replaced : value)
    changes.push({ path: key, before: hide(from), after: hide(to) })
  }
  return changes
}

/** Databases may give object keys back in another order, which is no change. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
