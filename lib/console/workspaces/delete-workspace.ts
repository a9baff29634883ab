import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { confirmName } from '@/lib/console/confirm-name.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { forgetVpc } from '@/lib/console/networks/forget-vpc.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { AppError } from '@/lib/domain/error.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import { countGateways } from '@/lib/persistence/gateway-store.ts'
import { countModelApis } from '@/lib/persistence/model-api-store.ts'
import { countServices } from '@/lib/persistence/service-store.ts'
import { listLentVpcs } from '@/lib/persistence/vpc-store.ts'
import { countInferenceServices, removeWorkspace } from '@/lib/persistence/workspace-store.ts'

/** Throws `in_use` while it has services of either kind, Model APIs or gateways, or lets gateways of others into a VPC. */
export async function deleteWorkspace(confirm: string | undefined, caller: WorkspaceCaller): Promise<void> {
  requirePermission(caller, 'workspace.delete')
  const { id, name } = caller.workspace
  confirmName(confirm, name)
  const left = await inTransaction(consoleContext().database, async (transaction) => {
    const services = await countInferenceServices(transaction, id)
    if (services > 0) {
      throw new AppError('in_use', `It has ${services} inference services. Delete them first.`)
    }
    const gateways = await countGateways(transaction, id)
    if (gateways > 0) throw new AppError('in_use', `It has ${gateways} gateways. Delete them first.`)
    const modelApis = await countModelApis(transaction, id)
    if (modelApis > 0) throw new AppError('in_use', `It has ${modelApis} Model APIs. Delete them first.`)
    const upstreams = await countServices(transaction, id)
    if (upstreams > 0) throw new AppError('in_use', `It has ${upstreams} services. Delete them first.`)
    const asking = await removeRequests(transaction, caller)
    await removeWorkspace(transaction, id)
    // With the installation, because the workspace's own activity can no longer be read.
    await recordActivity(transaction, caller, {
      action: 'workspace.deleted',
      workspaceId: null,
      object: { kind: 'workspace', id, name },
    })
    return asking
  })
  if (left.length > 0) configurationPublished(left, id, { kind: 'workspace', id, version: null })
}

/** Those of other workspaces' gateways for its VPCs, which go with it. Answers the gateways. */
async function removeRequests(transaction: Transaction, caller: WorkspaceCaller): Promise<string[]> {
  const vpcs = await listLentVpcs(transaction, caller.workspace.id)
  const lent = vpcs.find(({ isLent }) => isLent)
  if (lent !== undefined) {
    const message = `Gateways of other workspaces use its VPC ${lent.name}. Take back the consent first.`
    throw new AppError('in_use', message)
  }
  const gateways: string[] = []
  for (const vpc of vpcs) gateways.push(...(await forgetVpc(transaction, vpc.id, caller)))
  return gateways
}
