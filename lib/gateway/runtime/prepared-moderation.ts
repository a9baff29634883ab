import type { Operation } from '@/lib/gateway/runtime/model-operations.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import { buildModerationList } from '@/lib/moderation/build-moderation-list.ts'
import type { ModerationList } from '@/lib/moderation/moderation-list.ts'
import { ModerationRulesError } from '@/lib/moderation/moderation-rules-error.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { ModerationEndpointSnapshot } from '@/lib/snapshot/moderation-snapshot.ts'

/** The moderation of a Model API with its rules compiled. */
export interface PreparedModeration {
  readonly list: ModerationList
  readonly request: boolean
  readonly reply: boolean
  /** Null: the rules alone decide. */
  readonly endpoint: ModerationEndpointSnapshot | null
  readonly message: string | null
}

/** Throws `SnapshotRefused` on rules that cannot be compiled, and on routes whose texts cannot be told. */
export function prepareModeration(
  { name, moderation }: ModelApiSnapshot,
  operations: readonly Operation[],
): PreparedModeration | null {
  if (moderation === null) return null
  if (operations.some(({ format }) => format === null)) {
    throw new SnapshotRefused(`Model API ${name} has routes that cannot be moderated.`)
  }
  const { request, reply, rules, endpoint, message } = moderation
  try {
    const list = buildModerationList(rules.map((rule, index) => ({ ...rule, id: String(index + 1) })))
    return { list, request, reply, endpoint, message }
  } catch (error) {
    if (!(error instanceof ModerationRulesError)) throw error
    throw new SnapshotRefused(`The moderation of Model API ${name} cannot be used: ${error.message}`)
  }
}
