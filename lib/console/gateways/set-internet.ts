import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { InternetInput } from '@/lib/domain/gateway-network.ts'
import type { Transaction } from '@/lib/persistence/database.ts'
import { insertLink, removeLink } from '@/lib/persistence/gateway-network-store.ts'
import { createId } from '@/lib/platform/id.ts'
import { allocateSidePorts } from './allocate-ports.ts'
import { changeGateway, type GatewayState } from './change-gateway.ts'
import { chooseVpc } from './choose-vpc.ts'
import { getGateway } from './get-gateway.ts'
import { requireDedicated } from './require-dedicated.ts'
import { saveWhitelist } from './save-whitelist.ts'
import { requireSameVpc } from './stand-in-vpc.ts'

/** Switches the Internet side on or off. Its whitelist and ports stay for the next time. */
export async function setInternet(
  idOrName: string,
  input: InternetInput,
  caller: WorkspaceCaller,
): Promise<Gateway> {
  const { row } = await changeGateway(
    idOrName,
    {
      action: input.enabled ? 'gateway.internet-enabled' : 'gateway.internet-disabled',
      version: null,
      write: async (state, transaction) => {
        requireDedicated(state.row)
        if (state.type === 'alb') await leaveVpc(transaction, state)
        if (!input.enabled) return { internetEnabled: false }
        if (state.type === 'alb') await standInVpc(transaction, state, input, caller)
        await allocateSidePorts(transaction, state.row.id, 'internet')
        return { internetEnabled: true }
      },
    },
    caller,
  )
  return await getGateway(row.id, caller)
}

async function leaveVpc(transaction: Transaction, { network }: GatewayState): Promise<void> {
  for (const { id, side } of network.links) if (side === 'internet') await removeLink(transaction, id)
}

/** Also for a revision that comes back. */
export async function standInVpc(
  transaction: Transaction,
  state: GatewayState,
  { vpcId, vswitchIds }: Pick<InternetInput, 'vpcId' | 'vswitchIds'>,
  caller: WorkspaceCaller,
): Promise<void> {
  if (vpcId === null) {
    throw fieldError('vpcId', 'vpc_required', 'Choose the VPC that the gateway stands in.')
  }
  const { vpc } = await chooseVpc(transaction, { vpcId, vswitchIds, mayBeForeign: false }, caller)
  await requireSameVpc(transaction, state, 'internet', vpc)
  const { id: gatewayId } = state.row
  await insertLink(transaction, {
    id: createId('link', consoleContext().clock.now()),
    gatewayId,
    vpcId: vpc.id,
    side: 'internet',
    vswitchIds: [...vswitchIds],
  })
  const isFirstTime = !state.network.ports.some(({ door }) => door === 'internet')
  if (!isFirstTime || state.network.internetWhitelist.length > 0) return
  const everybody = ['0.0.0.0/0', '::/0'].map((cidr) => ({ cidr, note: '' }))
  await saveWhitelist(transaction, { gatewayId, linkId: null }, everybody, caller)
}
