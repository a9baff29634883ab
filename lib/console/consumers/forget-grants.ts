import { stringList } from '@/lib/control-plane/stored-json.ts'
import { listConsumersGranted, setGrants } from '@/lib/persistence/consumer-store.ts'
import type { Transaction } from '@/lib/persistence/database.ts'

/** Of a Model API that goes: one that comes back with its id has to be granted again. */
export async function forgetGrants(
  transaction: Transaction,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  for (const row of await listConsumersGranted(transaction, workspaceId)) {
    const granted = stringList(row.modelApiIds)
    if (!granted.includes(id)) continue
    const left = granted.filter((other) => other !== id)
    await setGrants(transaction, { workspaceId, id: row.id }, left)
  }
}
