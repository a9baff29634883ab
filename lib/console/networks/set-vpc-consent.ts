import type * as z from 'zod'
import { recordActivity } from '@/lib/console/activity/record-activity.ts'
import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { configurationPublished } from '@/lib/console/published.ts'
import { withCurrent } from '@/lib/console/with-current.ts'
import type { VpcConsent, vpcConsentInput } from '@/lib/domain/gateway-network.ts'
import { inTransaction, type Transaction } from '@/lib/persistence/database.ts'
import {
  getVpcConsent,
  setVpcConsent as setRow,
  type VpcConsentRow,
} from '@/lib/persistence/vpc-consent-store.ts'
import { vpcConsentView } from './list-vpc-consents.ts'
import { recordOnGateways } from './record-on-gateways.ts'
import { vpcDocument } from './vpc-view.ts'

type Input = z.infer<typeof vpcConsentInput>

/** Grants, declines, or takes back what was granted: then nobody of the VPC reaches the gateway any more, at once. */
export async function setVpcConsent(id: string, input: Input, caller: WorkspaceCaller): Promise<VpcConsent> {
  requirePermission(caller, 'networks.write')
  const { database } = consoleContext()
  const workspaceId = caller.workspace.id
  const row = await withCurrent(
    () => inTransaction(database, (transaction) => write(transaction, id, input, caller)),
    async () => vpcConsentView(found(await getVpcConsent(database, workspaceId, id))),
  )
  const { gateway, version } = row
  configurationPublished([gateway.id], workspaceId, { kind: 'vpc-consent', id, version })
  if (gateway.workspaceId !== null)
    configurationPublished([], gateway.workspaceId, { kind: 'gateway', id: gateway.id, version: null })
  return vpcConsentView(row)
}

async function write(
  transaction: Transaction,
  id: string,
  { consent, version }: Input,
  caller: WorkspaceCaller,
): Promise<VpcConsentRow> {
  const workspaceId = caller.workspace.id
  const before = found(await getVpcConsent(transaction, workspaceId, id))
  await setRow(transaction, { id, version }, consent)
  const { vpc, gateway } = before
  const isKnown = before.consent === 'granted' || consent === 'granted'
  // Whoever was never let in has only asked for an id.
  const document = isKnown ? vpcDocument(vpc) : { name: vpc.id, cidrs: [] }
  const change = {
    kind: 'vpc',
    id: vpc.id,
    name: document.name,
    operation: 'updated',
    before: { ...document, consent: before.consent },
    after: { ...document, consent },
  } as const
  await recordOnGateways(transaction, [gateway], change, caller)
  await recordActivity(transaction, caller, {
    action: consent === 'granted' ? 'vpc-consent.granted' : 'vpc-consent.declined',
    workspaceId,
    object: { kind: 'vpc', id: vpc.id, name: vpc.name },
    changes: [{ path: 'consent', before: before.consent, after: consent }],
    reason: `Gateway ${gateway.name} of workspace ${gateway.workspaceName}`,
  })
  return found(await getVpcConsent(transaction, workspaceId, id))
}
