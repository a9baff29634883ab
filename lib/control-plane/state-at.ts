import { assert } from '@/lib/platform/assert.ts'

/** One recorded change, as much of it as history needs. */
export interface RecordedChange<Document> {
  readonly number: number
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly workspaceId: string | null
  readonly before: Document | null
}

export interface ObjectState<Document> {
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly workspaceId: string | null
  readonly document: Document | null
}

/**
 * How each object that changed after revision `number` was at that revision: the `before` of its first later
 * change. An object without later changes is as it is now, and is not in the answer.
 */
export function stateAt<Document>(
  number: number,
  changes: readonly RecordedChange<Document>[],
): Map<string, ObjectState<Document>> {
  const states = new Map<string, ObjectState<Document>>()
  let last = 0
  for (const change of changes) {
    assert(change.number >= last, 'Changes come in the order of their revisions.')
    last = change.number
    if (change.number <= number || states.has(change.id)) continue
    const { kind, id, name, workspaceId, before } = change
    states.set(id, { kind, id, name, workspaceId, document: before })
  }
  return states
}
