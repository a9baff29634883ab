import type { WorkspaceCaller } from '@/lib/console/caller.ts'
import { fieldError } from '@/lib/console/field-error.ts'
import { withoutUndefined } from '@/lib/console/without-undefined.ts'
import { gatewayDocument } from '@/lib/control-plane/documents.ts'
import type { Gateway, UpdateGatewayInput } from '@/lib/domain/gateway.ts'
import { changeGateway } from './change-gateway.ts'
import { requireWithinSpec, sizeColumns } from './gateway-size.ts'
import { getGateway } from './get-gateway.ts'
import { requireRoomForNodes } from './require-room-for-nodes.ts'

/** Limits left out stay as they are; null takes a rate limit away. The shared gateway takes an owner of the installation. */
export async function updateGateway(
  idOrName: string,
  { version, limits, trustedProxies, proxyProtocol, ...size }: UpdateGatewayInput,
  caller: WorkspaceCaller,
): Promise<Gateway> {
  const { row } = await changeGateway(
    idOrName,
    {
      action: 'gateway.updated',
      version,
      write: async ({ row: before, type }, transaction) => {
        const document = gatewayDocument.parse(before)
        const sized = sizeColumns(before, type, size)
        await requireRoomForNodes(transaction, (sized.nodeCountMax ?? 0) - before.nodeCountMax)
        const after = {
          limits: { ...document.limits, ...withoutUndefined(limits ?? {}) },
          trustedProxies: trustedProxies ?? document.trustedProxies,
          proxyProtocol: proxyProtocol ?? document.proxyProtocol,
        }
        requireSenders(after, trustedProxies === undefined ? 'proxyProtocol' : 'trustedProxies')
        // A smaller specification clips what was allowed before; only a new wish is refused.
        if (limits !== undefined) requireWithinSpec(limits, size.spec ?? before.spec)
        return { ...sized, ...after }
      },
    },
    caller,
  )
  return await getGateway(row.id, caller)
}

/** Without a proxy that is believed, a listener that waits for proxies would turn everyone away. */
function requireSenders(
  {
    trustedProxies,
    proxyProtocol,
  }: {
    readonly trustedProxies: readonly string[]
    readonly proxyProtocol: { readonly internet: boolean; readonly vpc: boolean }
  },
  path: string,
): void {
  if (trustedProxies.length > 0 || !(proxyProtocol.internet || proxyProtocol.vpc)) return
  const message = 'The PROXY protocol needs at least one trusted proxy: nobody else may send its header.'
  throw fieldError(path, 'trusted_proxies_missing', message)
}
