import { orNull } from '@/lib/persistence/json-null.ts'
import type { RequestInserts } from '@/lib/persistence/request-store.ts'
import { sealSecret } from '@/lib/persistence/sealed-secret.ts'
import { createId } from '@/lib/platform/id.ts'
import type { RecordedRequest } from '@/lib/snapshot/recorded-request.ts'
import { storable, storableCount } from './storable.ts'

interface Place {
  readonly gatewayId: string
  readonly nodeId: string
  readonly isDebug: boolean
  /** By the APIs that there are; what others were asked is left out. */
  readonly workspaces: ReadonlyMap<string, string>
  readonly masterKey: Uint8Array
}

/** What a node tells of requests, as rows; content sealed. */
export function toRequestRows(
  requests: readonly RecordedRequest[],
  { gatewayId, nodeId, isDebug, workspaces, masterKey }: Place,
  now: number,
): RequestInserts {
  const records: Array<RequestInserts['records'][number]> = []
  const contents: Array<RequestInserts['contents'][number]> = []
  for (const { request, response, ...told } of requests) {
    const workspaceId = workspaces.get(told.modelApiId)
    if (workspaceId === undefined) continue
    const { consumer, service, ...facts } = storable(told)
    // A node whose clock is ahead must not put its requests above all later ones.
    const at = Math.min(facts.at, now)
    const id = createId('rec', at)
    records.push({
      ...facts,
      id,
      workspaceId,
      gatewayId,
      nodeId,
      isDebug,
      at: new Date(at),
      consumerId: consumer?.id ?? null,
      consumerName: consumer?.name ?? null,
      serviceId: service?.id ?? null,
      serviceName: service?.name ?? null,
      routed: orNull(facts.routed),
      bytesIn: BigInt(facts.bytesIn),
      bytesOut: BigInt(facts.bytesOut),
      inputTokens: storableCount(facts.inputTokens),
      outputTokens: storableCount(facts.outputTokens),
      cachedTokens: storableCount(facts.cachedTokens),
      reasoningTokens: storableCount(facts.reasoningTokens),
      recordsRequest: request !== null,
      recordsResponse: response !== null,
    })
    if (request === null && response === null) continue
    contents.push({
      recordId: id,
      workspaceId,
      requestSealed: request && sealSecret(masterKey, id, request.content),
      requestBytes: request?.bytes ?? 0,
      responseSealed: response && sealSecret(masterKey, id, response.content),
      responseBytes: response?.bytes ?? 0,
    })
  }
  return { records, contents }
}
