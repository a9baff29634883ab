import * as z from 'zod'
import { type RequestRecord, requestRecord } from '@/lib/domain/request-record.ts'
import { routeReason } from '@/lib/domain/route-reason.ts'
import type { RequestRow } from '@/lib/persistence/request-store.ts'

const { side, errorSource, attempts } = requestRecord.shape

/** What a node of another version told of its reasons is left out rather than the record. */
const storedReason = routeReason.nullable().catch(null)

/** A row as the API shows it. */
export function viewRequest(row: RequestRow): RequestRecord {
  return {
    id: row.id,
    at: row.at.toISOString(),
    requestId: row.requestId,
    gatewayId: row.gatewayId,
    nodeId: row.nodeId,
    isDebug: row.isDebug,
    side: side.parse(row.side),
    clientAddress: row.clientAddress,
    modelApi: { id: row.modelApiId, name: row.modelApi.name },
    consumer: named(row.consumerId, row.consumerName),
    service: named(row.serviceId, row.serviceName),
    route: row.route,
    method: row.method,
    path: row.path,
    status: row.status,
    errorSource: errorSource.parse(row.errorSource),
    errorCode: row.errorCode,
    isStream: row.isStream,
    modelAsked: row.modelAsked,
    modelSent: row.modelSent,
    modelAnswered: row.modelAnswered,
    routed: storedReason.parse(row.routed),
    intent: viewIntent(row.intent),
    promptCharacters: row.promptCharacters,
    attempts: attempts.parse(row.attempts),
    bytesIn: Number(row.bytesIn),
    bytesOut: Number(row.bytesOut),
    firstByteMs: row.firstByteMs,
    firstTokenMs: row.firstTokenMs,
    durationMs: row.durationMs,
    tokens: {
      input: row.inputTokens,
      output: row.outputTokens,
      cached: row.cachedTokens,
      reasoning: row.reasoningTokens,
    },
    finishReason: row.finishReason,
    dropped: z.array(z.string()).parse(row.dropped),
  }
}

export function viewIntent(stored: string | null): RequestRecord['intent'] {
  return stored === null ? null : { label: stored === '' ? null : stored }
}

function named(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? id }
}
