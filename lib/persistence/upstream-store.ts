import { listConsumersOf } from './consumer-store.ts'
import type { Transaction } from './database.ts'
import { listModelApisOfGateway } from './model-api-store.ts'
import { listUpstreamsOfGateway } from './service-store.ts'
import { listSourcesOfGateway } from './source-store.ts'

/** Everything that services and Model APIs of one gateway are compiled from, secrets sealed. */
export async function getUpstreams(transaction: Transaction, gatewayId: string, now: Date) {
  const services = await listUpstreamsOfGateway(transaction, gatewayId)
  const modelApis = await listModelApisOfGateway(transaction, gatewayId)
  const workspaceIds = new Set(modelApis.map(({ workspaceId }) => workspaceId))
  return {
    services,
    sources: await listSourcesOfGateway(transaction, gatewayId),
    modelApis,
    consumers: await listConsumersOf(transaction, [...workspaceIds], now),
    ...(await getNamed(transaction, services)),
  }
}

/** What services name besides their source: certificates with their keys, and inference services that they follow. */
export async function getNamed(
  transaction: Transaction,
  services: ReadonlyArray<{
    readonly certificateId: string | null
    readonly inferenceServiceId: string | null
  }>,
) {
  const certificateIds = services.flatMap(({ certificateId }) => certificateId ?? [])
  const followedIds = services.flatMap(({ inferenceServiceId }) => inferenceServiceId ?? [])
  return {
    certificates: await transaction.certificate.findMany({
      where: { id: { in: [...new Set(certificateIds)] } },
    }),
    followed: await transaction.inferenceService.findMany({
      where: { id: { in: [...new Set(followedIds)] } },
      include: {
        gateway: { include: { ports: true } },
        tokens: { where: { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] } },
      },
    }),
  }
}
