import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'

/** What nodes of the shared gateway get now. */
export async function publishedSnapshot() {
  return (await controlPlane()?.publisher.current(sharedGatewayId))?.snapshot
}
