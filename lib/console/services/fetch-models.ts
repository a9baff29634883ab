import { askInTurn } from '@/lib/console/ask-in-turn.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { type Draft, openDraft, openStoredService } from './open-service.ts'
import type { ServiceProbePort } from './service-probe-port.ts'

/** The models that the provider of a stored service says it has. */
export async function fetchModels(idOrName: string, probe: ServiceProbePort, caller: WorkspaceCaller) {
  requirePermission(caller, 'services.write')
  const service = await openStoredService(idOrName, caller)
  return await askInTurn(caller.workspace.id, () => probe.models(service))
}

/** The same of what is not saved. */
export async function fetchDraftModels(draft: Draft, probe: ServiceProbePort, caller: WorkspaceCaller) {
  requirePermission(caller, 'services.write')
  const service = await openDraft(draft, caller)
  return await askInTurn(caller.workspace.id, () => probe.models(service))
}
