import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { isAppError } from '@/lib/console/http/problem-response.ts'
import { found } from '@/lib/console/not-found.ts'
import type { GatewayDocument } from '@/lib/control-plane/documents.ts'
import { AppError } from '@/lib/domain/error.ts'
import { gatewayType } from '@/lib/domain/gateway.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import {
  getGatewayNetwork,
  type LinkRow,
  removeLink,
  updateLink,
} from '@/lib/persistence/gateway-network-store.ts'
import type { GatewayRow } from '@/lib/persistence/gateway-store.ts'
import { findVpc } from '@/lib/persistence/vpc-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { insertVpcLink } from './add-vpc.ts'
import { allocateSidePorts } from './allocate-ports.ts'
import type { GatewayState } from './change-gateway.ts'
import { requireVSwitches } from './choose-vpc.ts'
import { requireRoomForNodes } from './require-room-for-nodes.ts'
import { saveWhitelist } from './save-whitelist.ts'
import { standInVpc } from './set-internet.ts'

type VpcOfDocument = NonNullable<GatewayDocument['vpcs']>[number]

/**
 * Makes sides, whitelists, size and billing what a revision had, by the rules of today, and answers the columns of the
 * gateway. Ports stay; a VPC of another workspace has to be granted again. Throws `conflict` where something that the
 * revision names is gone.
 */
export async function restoreNetwork(
  transaction: Transaction,
  row: GatewayRow,
  document: GatewayDocument,
  caller: WorkspaceCaller,
) {
  try {
    await requireRoomForNodes(transaction, (document.size?.nodesMax ?? 0) - row.nodeCountMax)
    return {
      ...sizeColumnsOf(document),
      ...(await restoreInternet(transaction, row, document, caller)),
      ...(await restoreVpcs(transaction, row, document, caller)),
    }
  } catch (error) {
    if (!isAppError(error)) throw error
    const message = `${row.name} cannot come back: ${error.publicMessage}`
    throw new AppError('conflict', message, { cause: error })
  }
}

function sizeColumnsOf({ size, payment }: GatewayDocument) {
  return {
    ...(size && { spec: size.spec, nodeCount: size.nodes, nodeCountMax: size.nodesMax }),
    ...(payment && { billing: payment.method, billingMonths: payment.months }),
  }
}

async function restoreInternet(
  transaction: Transaction,
  row: GatewayRow,
  { internet, internetWhitelist, vpcs }: GatewayDocument,
  caller: WorkspaceCaller,
) {
  if (internet === null) return {}
  const before = await stateOf(transaction, row)
  // What stands in another VPC has to go first: both sides share one.
  for (const link of before.network.links) {
    const stays = link.side === 'vpc' && vpcs?.some(({ vpcId }) => vpcId === link.vpcId) !== false
    if (!stays) await removeLink(transaction, link.id)
  }
  if (internet.enabled && before.type === 'alb') {
    await standInVpc(transaction, await stateOf(transaction, row), internet, caller)
  }
  if (internetWhitelist !== null) {
    await saveWhitelist(transaction, { gatewayId: row.id, linkId: null }, internetWhitelist, caller)
  }
  if (internet.enabled) await allocateSidePorts(transaction, row.id, 'internet')
  return { internetEnabled: internet.enabled }
}

async function restoreVpcs(
  transaction: Transaction,
  row: GatewayRow,
  { vpcs }: GatewayDocument,
  caller: WorkspaceCaller,
) {
  if (vpcs === null) return {}
  // The one with authoritative DNS comes last, when no other has it any more.
  const ordered = [...vpcs].sort((a, b) => Number(a.authoritativeDns) - Number(b.authoritativeDns))
  for (const wanted of ordered) {
    const state = await stateOf(transaction, row)
    const present = state.network.links.find(({ side, vpcId }) => side === 'vpc' && vpcId === wanted.vpcId)
    if (present === undefined) await bringBack(transaction, state, wanted, caller)
    else await overwrite(transaction, present, wanted, caller)
  }
  return { vpcEnabled: vpcs.length > 0 }
}

async function bringBack(
  transaction: Transaction,
  state: GatewayState,
  { whitelist, ...wanted }: VpcOfDocument,
  caller: WorkspaceCaller,
): Promise<void> {
  const id = createId('link', consoleContext().clock.now())
  await insertVpcLink(transaction, state, { id, ...wanted, whitelist: [] }, caller)
  await saveWhitelist(transaction, { gatewayId: state.row.id, linkId: id }, whitelist, caller)
}

async function overwrite(
  transaction: Transaction,
  { id, version, gatewayId, consent }: LinkRow,
  { vpcId, vswitchIds, authoritativeDns, whitelist }: VpcOfDocument,
  caller: WorkspaceCaller,
): Promise<void> {
  const vpc = found(await findVpc(transaction, vpcId))
  await requireVSwitches(transaction, vpc, vswitchIds, consent === 'granted')
  await updateLink(transaction, { id, version }, { vswitchIds, authoritativeDns })
  await saveWhitelist(transaction, { gatewayId, linkId: id }, whitelist, caller)
}

async function stateOf(transaction: Transaction, row: GatewayRow): Promise<GatewayState> {
  return {
    row,
    type: gatewayType.parse(row.type),
    network: await getGatewayNetwork(transaction, row.id),
  }
}
