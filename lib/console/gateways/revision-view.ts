import { changedFields } from '@/lib/console/activity/changed-fields.ts'
import type { Revision, RevisionChangeView } from '@/lib/domain/revision.ts'
import type { GatewayNodeRow } from '@/lib/persistence/node-store.ts'
import type { RevisionChangeRow, RevisionRow } from '@/lib/persistence/revision-store.ts'

export function revisionView(
  row: RevisionRow,
  newest: number,
  live: readonly Pick<GatewayNodeRow, 'revision'>[],
): Revision {
  return {
    number: row.number,
    author: row.authorName,
    restoredFrom: row.restoredFrom,
    createdAt: row.createdAt.toISOString(),
    nodes: live.filter((node) => node.revision === row.number).length,
    current: row.number === newest,
    changes: row.changes.map(changeView),
  }
}

function changeView(row: RevisionChangeRow): RevisionChangeView {
  return {
    kind: row.objectKind,
    id: row.objectId,
    name: row.objectName,
    operation: row.operation as RevisionChangeView['operation'],
    fields: documentChanges(toDocument(row.before), toDocument(row.after)),
  }
}

type Document = Readonly<Record<string, unknown>>

/** Sealed secrets are not for reading, and their column's name is nobody's business. */
export function documentChanges(before: Document | null, after: Document | null) {
  return changedFields(before, after, Object.keys(sealedColumns)).map((change) => {
    const path = sealedColumns[change.path]
    if (path !== undefined) return { ...change, path }
    if (change.path === 'keys') {
      return { ...change, before: withoutKeys(change.before), after: withoutKeys(change.after) }
    }
    if (change.path !== 'nacos') return change
    return { ...change, before: withoutPasswords(change.before), after: withoutPasswords(change.after) }
  })
}

/** By what they are called in the API. */
const sealedColumns: Readonly<Record<string, string>> = {
  upstreamCredentialSealed: 'upstreamCredential',
  secretSealed: 'secret',
}

/** Of a service of the AI gateway: which keys there are, not what they are. */
function withoutKeys(keys: unknown): unknown {
  if (!Array.isArray(keys)) return keys
  return keys.map((key: unknown) => {
    if (typeof key !== 'object' || key === null) return key
    const { sealed: _, ...shown } = key as { readonly sealed?: unknown }
    return shown
  })
}

function withoutPasswords(registrations: unknown): unknown {
  if (!Array.isArray(registrations)) return registrations
  return registrations.map((registration: unknown) => {
    if (typeof registration !== 'object' || registration === null) return registration
    const { passwordSealed, ...shown } = registration as { readonly passwordSealed?: unknown }
    return { ...shown, password: passwordSealed ? 'replaced' : null }
  })
}

function toDocument(value: unknown): Document | null {
  return typeof value === 'object' && value !== null ? (value as Document) : null
}
