import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { changeService } from './change-service.ts'

export async function startInferenceService(
  idOrName: string,
  version: number,
  caller: WorkspaceCaller,
): Promise<InferenceService> {
  const write = async () => ({ columns: { running: true } })
  return await changeService(idOrName, { action: 'inference-service.started', version, write }, caller)
}

/** Calls are answered 503 from then on; endpoint and tokens stay. */
export async function stopInferenceService(
  idOrName: string,
  version: number,
  caller: WorkspaceCaller,
): Promise<InferenceService> {
  const write = async () => ({ columns: { running: false } })
  return await changeService(idOrName, { action: 'inference-service.stopped', version, write }, caller)
}
