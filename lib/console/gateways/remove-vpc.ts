import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { removeLink } from '@/lib/persistence/gateway-network-store.ts'
import { changeGateway } from './change-gateway.ts'
import { requireLink } from './require-link.ts'

/** Callers of the VPC get in no more. With the last one the VPC side is off; its ports stay for the next time. */
export async function removeVpc(
  { gateway, link: id }: { readonly gateway: string; readonly link: string },
  caller: WorkspaceCaller,
): Promise<void> {
  await changeGateway(
    gateway,
    {
      action: 'gateway.vpc-removed',
      version: null,
      write: async ({ network }, transaction) => {
        requireLink(network, id)
        await removeLink(transaction, id)
        const isLast = !network.links.some((link) => link.side === 'vpc' && link.id !== id)
        return isLast ? { vpcEnabled: false } : {}
      },
    },
    caller,
  )
}
