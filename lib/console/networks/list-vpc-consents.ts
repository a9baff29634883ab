import { requirePermission, type WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { gatewayVpcLink, type VpcConsent } from '@/lib/domain/gateway-network.ts'
import type { Page } from '@/lib/domain/object.ts'
import { listVpcConsents as listRows, type VpcConsentRow } from '@/lib/persistence/vpc-consent-store.ts'

/** Gateways of other workspaces that ask for a VPC of this one, newest first, with those that were answered. */
export async function listVpcConsents(caller: WorkspaceCaller): Promise<Page<VpcConsent>> {
  requirePermission(caller, 'networks.read')
  const rows = await listRows(consoleContext().database, caller.workspace.id)
  return { items: rows.map(vpcConsentView), nextCursor: null }
}

export function vpcConsentView({ id, version, vpc, gateway, consent, createdAt }: VpcConsentRow): VpcConsent {
  return {
    id,
    version,
    vpc: { id: vpc.id, name: vpc.name },
    gateway: { name: gateway.name, workspace: gateway.workspaceName },
    consent: gatewayVpcLink.shape.consent.parse(consent),
    createdAt: createdAt.toISOString(),
  }
}
