import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { requireFreePath } from '@/lib/console/model-apis/check-model-api.ts'
import { modelApiDocument } from '@/lib/control-plane/model-api-config.ts'
import { sourceDocument, upstreamServiceDocument } from '@/lib/control-plane/upstream-documents.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { releaseTargets } from '@/lib/persistence/model-api-store.ts'
import { releaseService } from '@/lib/persistence/service-store.ts'
import { mustPass } from './cannot-come-back.ts'
import type { Step } from './plan-restore.ts'
import { restoreModelApi, unmakeModelApi } from './restore-model-api.ts'
import { restoreService, unmakeService } from './restore-service.ts'
import { restoreSource, unmakeSource } from './restore-source.ts'

/** Of what is the AI gateway's own: sources, services and Model APIs. */
export function isUpstreamStep({ target: { kind } }: Step): boolean {
  return kind === 'source' || kind === 'service' || kind === 'model-api'
}

/** Deletions come first, so whatever will use something else afterwards lets go of what it uses now. */
export async function releaseUpstreams(transaction: Transaction, steps: readonly Step[]): Promise<void> {
  for (const { operation, target } of steps) {
    if (operation !== 'updated') continue
    const { kind, id, workspaceId } = target
    if (kind === 'model-api') await releaseTargets(transaction, id)
    if (kind === 'service') await releaseService(transaction, { workspaceId: String(workspaceId), id })
  }
}

export async function applyUpstreamStep(
  transaction: Transaction,
  step: Step,
  caller: WorkspaceCaller,
): Promise<void> {
  const { id, kind } = step.target
  if (step.operation === 'deleted') {
    const unmake = { source: unmakeSource, service: unmakeService }[kind] ?? unmakeModelApi
    await unmake(transaction, String(step.target.workspaceId), id)
  } else if (kind === 'source') {
    await restoreSource(transaction, id, sourceDocument.parse(step.document), caller)
  } else if (kind === 'service') {
    await restoreService(transaction, id, upstreamServiceDocument.parse(step.document))
  } else await restoreModelApi(transaction, id, modelApiDocument.parse(step.document))
}

/** Looked at when all are back: two APIs may have changed places. Throws `conflict`. */
export async function requireFreePaths(transaction: Transaction, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.target.kind !== 'model-api' || step.operation === 'deleted') continue
    const document = modelApiDocument.parse(step.document)
    await mustPass(document.name, () => requireFreePath(transaction, document, step.target.id))
  }
}
