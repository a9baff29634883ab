import { onShutdown } from '@/lib/console/on-shutdown.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { AppError } from '@/lib/domain/error.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

/** Calls back with the newest snapshot of the shared gateway, now and after each change, until shutdown. */
export async function followSharedSnapshots(
  apply: (snapshot: GatewaySnapshot) => void,
  close: () => Promise<void>,
): Promise<void> {
  const publisher = controlPlane()?.publisher
  if (publisher === undefined) throw new AppError('unavailable', 'The console is starting.')
  await publisher.current(sharedGatewayId)
  const leave = publisher.subscribe(sharedGatewayId, ({ snapshot }) => apply(snapshot))
  onShutdown(async () => {
    leave()
    await close()
  })
}
