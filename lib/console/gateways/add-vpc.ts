import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import type { AddVpcInput, GatewayVpcLink } from '@/lib/domain/gateway-network.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { type GatewayNetwork, insertLink, type LinkRow } from '@/lib/persistence/gateway-network-store.ts'
import type { VpcRow } from '@/lib/persistence/vpc-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { allocateSidePorts } from './allocate-ports.ts'
import { changeGateway, type GatewayState } from './change-gateway.ts'
import { chooseVpc } from './choose-vpc.ts'
import { linkView } from './link-view.ts'
import { requireDedicated } from './require-dedicated.ts'
import { requireLink } from './require-link.ts'
import { initialWhitelist, saveWhitelist } from './save-whitelist.ts'
import { requireSameVpc } from './stand-in-vpc.ts'

/** Lets callers of a VPC in. A VPC of another workspace waits until that workspace agrees. */
export async function addVpc(
  idOrName: string,
  input: AddVpcInput,
  caller: WorkspaceCaller,
): Promise<GatewayVpcLink> {
  const { clock, database } = consoleContext()
  const id = createId('link', clock.now())
  const after = await changeGateway(
    idOrName,
    {
      action: 'gateway.vpc-added',
      version: null,
      write: async (state, transaction) => {
        requireDedicated(state.row)
        await insertVpcLink(transaction, state, { id, ...input }, caller)
        return { vpcEnabled: true }
      },
    },
    caller,
  )
  const link = requireLink(after.network, id)
  if (link.consent === 'pending' && link.vpc !== null)
    controlPlane()?.events.emit(link.vpc.workspaceId, { kind: 'vpc-consent', id, version: link.version })
  return await linkView(database, after.row, link)
}

/** Also for a revision that comes back. */
export async function insertVpcLink(
  transaction: Transaction,
  state: GatewayState,
  { id, vpcId, vswitchIds, authoritativeDns, whitelist }: AddVpcInput & { readonly id: string },
  caller: WorkspaceCaller,
): Promise<void> {
  const choice = { vpcId, vswitchIds, mayBeForeign: state.type === 'managed' }
  const { vpc, consent } = await chooseVpc(transaction, choice, caller)
  requireNewVpc(state, vpc)
  await requireSameVpc(transaction, state, 'vpc', vpc)
  if (authoritativeDns) requireAuthority(state, null)
  const entries = initialWhitelist(whitelist, vpc.cidrs)
  const gatewayId = state.row.id
  await insertLink(transaction, {
    id,
    gatewayId,
    vpcId: vpc.id,
    side: 'vpc',
    vswitchIds: [...vswitchIds],
    authoritativeDns,
    consent,
  })
  await saveWhitelist(transaction, { gatewayId, linkId: id }, entries, caller)
  await allocateSidePorts(transaction, gatewayId, 'vpc')
}

function requireNewVpc({ type, network }: GatewayState, vpc: VpcRow): void {
  const present = vpcLinks(network)
  const same = present.find(({ vpcId }) => vpcId === vpc.id)
  if (same !== undefined) {
    throw fieldError('vpcId', 'taken', `${knownName(same)} has been added already.`)
  }
  const first = present[0]
  if (type !== 'alb' || first === undefined) return
  const message = `An ALB gateway takes one VPC, and has ${first.vpc?.name ?? first.vpcId}. Delete that first.`
  throw fieldError('vpcId', 'one_vpc', message)
}

/** At most one VPC of a gateway has authoritative DNS, and only fully managed gateways have it at all. */
export function requireAuthority({ type, network }: GatewayState, linkId: string | null): void {
  if (type !== 'managed') {
    const message = 'Only fully managed gateways have authoritative DNS.'
    throw fieldError('authoritativeDns', 'managed_only', message)
  }
  const other = vpcLinks(network).find((link) => link.authoritativeDns && link.id !== linkId)
  if (other === undefined) return
  const message = `${knownName(other)} has authoritative DNS already, and one VPC per gateway may. Switch it off there first.`
  throw fieldError('authoritativeDns', 'second_authority', message)
}

/** What a workspace that has not agreed calls its VPC is its own business. */
function knownName({ vpc, vpcId, consent }: LinkRow): string {
  return consent === 'granted' && vpc !== null ? vpc.name : vpcId
}

function vpcLinks({ links }: GatewayNetwork) {
  return links.filter(({ side }) => side === 'vpc')
}
