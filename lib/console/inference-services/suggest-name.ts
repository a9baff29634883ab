import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { AppError } from '@/lib/domain/error.ts'
import { inferenceServiceName } from '@/lib/domain/inference-service.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import {
  isInferenceServiceNameTaken,
  listInferenceServiceNames,
} from '@/lib/persistence/inference-service-store.ts'
import { nextFreeName } from './next-free-name.ts'

/** Whether a name is free in the whole installation, and else one that is. A malformed name is not available. */
export async function suggestName(
  name: string,
  caller: WorkspaceCaller,
): Promise<{ available: boolean; suggestion: string | null }> {
  requirePermission(caller, 'inference-services.read')
  if (!inferenceServiceName.safeParse(name).success) return { available: false, suggestion: null }
  const { database } = consoleContext()
  if (!(await isInferenceServiceNameTaken(database, name))) return { available: true, suggestion: null }
  return { available: false, suggestion: await freeNameLike(database, name) }
}

/** Throws `conflict` with a free name in the sentence. */
export async function requireFreeName(transaction: Transaction, name: string): Promise<void> {
  if (!(await isInferenceServiceNameTaken(transaction, name))) return
  const suggestion = await freeNameLike(transaction, name)
  const message = `${name} is taken. ${suggestion} is free.`
  throw new AppError('conflict', message, {
    invalidFields: [{ path: 'name', code: 'taken', message, params: { name, suggestion } }],
  })
}

async function freeNameLike(transaction: Transaction, name: string): Promise<string> {
  const start = name.replace(/_\d+$/, '').slice(0, 50)
  return nextFreeName(name, new Set(await listInferenceServiceNames(transaction, start)))
}
