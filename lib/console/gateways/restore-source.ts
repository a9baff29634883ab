import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { found } from '@/lib/console/not-found.ts'
import { requireUnused } from '@/lib/console/require-unused.ts'
import { requireOwnAccess } from '@/lib/console/sources/require-source.ts'
import { requireRoom } from '@/lib/console/sources/source-quota.ts'
import { sourceConfig } from '@/lib/control-plane/source-config.ts'
import type { SourceDocument } from '@/lib/control-plane/upstream-documents.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { toJson } from '@/lib/persistence/json-null.ts'
import {
  getSource,
  insertSource,
  isSourceNameTaken,
  removeSource,
  updateSource,
} from '@/lib/persistence/source-store.ts'
import { cannotComeBack, mustPass } from './cannot-come-back.ts'

/** With the secret that it had. Throws `conflict`. */
export async function restoreSource(
  transaction: Transaction,
  id: string,
  document: SourceDocument,
  caller: WorkspaceCaller,
): Promise<void> {
  const { workspaceId, gatewayId, name, type, secretSealed } = document
  const config = sourceConfig.parse({ ...document.config, type })
  await mustPass(name, () => requireOwnAccess(caller, config))
  const present = await getSource(transaction, workspaceId, id)
  if (name !== present?.name && (await isSourceNameTaken(transaction, workspaceId, name))) {
    throw cannotComeBack(name, 'another source has its name now.')
  }
  const columns = { name, config: toJson(document.config), secretSealed }
  if (present !== null) {
    await updateSource(transaction, { workspaceId, id, version: present.version }, columns)
    return
  }
  await mustPass(name, () => requireRoom(transaction, { workspaceId, gatewayId }, config.type))
  await insertSource(transaction, { ...columns, id, workspaceId, gatewayId, type })
}

/** Throws `in_use` with the services that are found in it and stay. */
export async function unmakeSource(transaction: Transaction, workspaceId: string, id: string): Promise<void> {
  const row = found(await getSource(transaction, workspaceId, id))
  requireUnused(row.services.map((service) => ({ kind: 'service', ...service })))
  await removeSource(transaction, row)
}
