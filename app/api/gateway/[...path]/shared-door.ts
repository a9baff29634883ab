import { sharedEmbedded } from '@/lib/console/gateways/embedded-gateways.ts'
import { createEmbeddedGateway, type EmbeddedGateway } from '@/lib/gateway/embedded-gateway.ts'

/** Opened by the first call, because an idle engine would check instances that nobody calls here. */
export function sharedDoor(): Promise<EmbeddedGateway> {
  return sharedEmbedded(createEmbeddedGateway)
}
