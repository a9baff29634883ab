import { isDeepStrictEqual } from 'node:util'
import type { ObjectState } from './state-at.ts'

export type RestoreStep<Document> =
  | { readonly operation: 'created'; readonly target: ObjectState<Document>; readonly document: Document }
  | {
      readonly operation: 'updated'
      readonly target: ObjectState<Document>
      readonly before: Document
      readonly document: Document
    }
  | { readonly operation: 'deleted'; readonly target: ObjectState<Document>; readonly before: Document }

/**
 * What must be done to the present so that it becomes the past. Deletions come first, so that a name they
 * free can be taken again. `now` holds the present document of each object in `then`, if it exists.
 */
export function restorePlan<Document>(
  then: ReadonlyMap<string, ObjectState<Document>>,
  now: ReadonlyMap<string, Document>,
): RestoreStep<Document>[] {
  const deletions: RestoreStep<Document>[] = []
  const writes: RestoreStep<Document>[] = []
  for (const target of then.values()) {
    const present = now.get(target.id) ?? null
    const { document } = target
    if (document === null && present !== null)
      deletions.push({ operation: 'deleted', target, before: present })
    if (document !== null && present === null) writes.push({ operation: 'created', target, document })
    if (document !== null && present !== null && !isDeepStrictEqual(document, present)) {
      writes.push({ operation: 'updated', target, before: present, document })
    }
  }
  return [...deletions, ...writes]
}
