import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { Consumer } from '@/lib/domain/consumer.ts'
import { requireConsumer } from './require-consumer.ts'
import { viewConsumers } from './view-consumers.ts'

export async function getConsumer(idOrName: string, caller: WorkspaceCaller): Promise<Consumer> {
  requirePermission(caller, 'consumers.read')
  const { database } = consoleContext()
  const row = await requireConsumer(database, idOrName, caller)
  return found((await viewConsumers(database, [row]))[0])
}
