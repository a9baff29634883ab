import { askInTurn } from '@/lib/console/ask-in-turn.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import type { ServiceTestResult, TestDraftInput, TestServiceInput } from '@/lib/domain/test-service.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'
import { openDraft, openStoredService } from './open-service.ts'
import type { ServiceProbePort } from './service-probe-port.ts'

/** One call of a stored service, with the model that the caller chooses. */
export async function testService(
  idOrName: string,
  input: TestServiceInput,
  probe: ServiceProbePort,
  caller: WorkspaceCaller,
): Promise<ServiceTestResult> {
  requirePermission(caller, 'services.write')
  const service = await openStoredService(idOrName, caller)
  requireKey(service, input.keyId, 'keyId')
  return await askInTurn(caller.workspace.id, () => probe.test(service, input, caller.requestId))
}

/** The same of what is not saved. */
export async function testDraft(
  { test, ...draft }: TestDraftInput,
  probe: ServiceProbePort,
  caller: WorkspaceCaller,
): Promise<ServiceTestResult> {
  requirePermission(caller, 'services.write')
  const service = await openDraft(draft, caller)
  requireKey(service, test.keyId, 'test.keyId')
  return await askInTurn(caller.workspace.id, () => probe.test(service, test, caller.requestId))
}

/** Without its key, some services would be asked without any. */
function requireKey({ upstream }: UpstreamServiceSnapshot, keyId: string | null, path: string): void {
  if (keyId === null) return
  if (upstream.kind === 'provider' && upstream.keys.some(({ id }) => id === keyId)) return
  throw fieldError(path, 'key_unknown', 'The service has no such key.')
}
