import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { found } from '@/lib/console/not-found.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import type { GatewayVpcLink, UpdateVpcLinkInput } from '@/lib/domain/gateway-network.ts'
import { updateLink } from '@/lib/persistence/gateway-network-store.ts'
import { findVpc } from '@/lib/persistence/vpc-store.ts'
import { requireAuthority } from './add-vpc.ts'
import { changeGateway } from './change-gateway.ts'
import { requireVSwitches } from './choose-vpc.ts'
import { linkView } from './link-view.ts'
import { requireLink } from './require-link.ts'

/** `version` is the link's. */
export async function updateVpcLink(
  { gateway, link: id }: { readonly gateway: string; readonly link: string },
  { version, ...input }: UpdateVpcLinkInput,
  caller: WorkspaceCaller,
): Promise<GatewayVpcLink> {
  const after = await changeGateway(
    gateway,
    {
      action: 'gateway.vpc-changed',
      version: null,
      write: async (state, transaction) => {
        const { vpcId, consent } = requireLink(state.network, id)
        if (input.vswitchIds !== undefined) {
          const vpc = found(await findVpc(transaction, vpcId))
          await requireVSwitches(transaction, vpc, input.vswitchIds, consent === 'granted')
        }
        if (input.authoritativeDns === true) requireAuthority(state, id)
        await updateLink(transaction, { id, version }, withoutUndefined(input))
        return {}
      },
    },
    caller,
  )
  return await linkView(consoleContext().database, after.row, requireLink(after.network, id))
}
