import * as z from 'zod'
import { routeReason } from '@/lib/domain/route-reason.ts'

const named = z.object({ id: z.string().max(64), name: z.string().max(256) })
const count = z.number().nullable()

/** Of a body its beginning is told. */
export const recordedBytesMax = 65_536

/** Base64. */
const recordedContent = z.object({
  content: z.string().max(88_000),
  /** Of the whole body. */
  bytes: z.number(),
})
export type RecordedContent = z.infer<typeof recordedContent>

/** One request to a Model API that keeps records, as `lib/domain/request-record.ts` explains it. */
export const recordedRequest = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  requestId: z.string().max(200),
  side: z.enum(['internet', 'vpc']),
  clientAddress: z.string().max(64).nullable(),
  modelApiId: z.string().max(64),
  consumer: named.nullable(),
  service: named.nullable(),
  route: z.string().max(256).nullable(),
  method: z.string().max(32),
  path: z.string().max(1_024),
  status: z.number(),
  errorSource: z.enum(['client', 'gateway', 'upstream']).nullable(),
  errorCode: z.string().max(64).nullable(),
  isStream: z.boolean(),
  modelAsked: z.string().max(256).nullable(),
  /** What the service was asked for; null: nothing was, or no model is named. */
  modelSent: z.string().max(256).nullable(),
  modelAnswered: z.string().max(256).nullable(),
  routed: routeReason.nullable(),
  /** Null: nobody looked; empty: the classifier was not sure. */
  intent: z.string().max(64).nullable(),
  promptCharacters: count,
  attempts: z
    .array(
      z.object({
        service: z.string().max(256),
        model: z.string().max(256).nullable(),
        status: count,
        reason: z.string().max(64).nullable(),
        durationMs: count,
      }),
    )
    .max(20),
  bytesIn: z.number(),
  bytesOut: z.number(),
  firstByteMs: count,
  firstTokenMs: count,
  durationMs: z.number(),
  inputTokens: count,
  outputTokens: count,
  cachedTokens: count,
  reasoningTokens: count,
  finishReason: z.string().max(64).nullable(),
  dropped: z.array(z.string().max(256)).max(200),
  /** Null: not to be recorded. */
  request: recordedContent.nullable(),
  response: recordedContent.nullable(),
})
export type RecordedRequest = z.infer<typeof recordedRequest>
