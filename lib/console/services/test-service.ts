import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import type { ServiceTestResult, TestDraftInput, TestServiceInput } from '@/lib/domain/test-service.ts'
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
  return await probe.test(await openStoredService(idOrName, caller), input, caller.requestId)
}

/** The same of what is not saved. */
export async function testDraft(
  { test, ...draft }: TestDraftInput,
  probe: ServiceProbePort,
  caller: WorkspaceCaller,
): Promise<ServiceTestResult> {
  requirePermission(caller, 'services.write')
  return await probe.test(await openDraft(draft, caller), test, caller.requestId)
}
