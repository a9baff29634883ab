import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { requireModelApi } from './require-model-api.ts'
import { viewModelApis } from './view-model-apis.ts'

export async function getModelApi(idOrName: string, caller: WorkspaceCaller): Promise<ModelApi> {
  requirePermission(caller, 'model-apis.read')
  const { database } = consoleContext()
  const row = await requireModelApi(database, idOrName, caller)
  return found((await viewModelApis(database, [row]))[0])
}
