import { consoleContext } from '@/lib/console/console-context.ts'
import { followSharedSnapshots } from '@/lib/console/gateways/follow-shared-snapshots.ts'
import { EmbeddedGateway } from '@/lib/gateway/web-handler.ts'

/** On globalThis: it holds connections, so there is one however often this module is loaded. */
const holder = globalThis as { __switchyardSharedDoor?: Promise<EmbeddedGateway> | undefined }

/** Opened by the first call, because an idle engine would check instances that nobody calls here. */
export async function sharedDoor(): Promise<EmbeddedGateway> {
  holder.__switchyardSharedDoor ??= openDoor().catch((error: unknown) => {
    holder.__switchyardSharedDoor = undefined
    throw error
  })
  return await holder.__switchyardSharedDoor
}

async function openDoor(): Promise<EmbeddedGateway> {
  const { logger } = consoleContext()
  const gateway = new EmbeddedGateway(logger)
  const close = async () => {
    holder.__switchyardSharedDoor = undefined
    await gateway.close()
  }
  await followSharedSnapshots((snapshot) => gateway.apply(snapshot), close)
  return gateway
}
