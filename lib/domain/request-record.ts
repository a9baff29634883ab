import * as z from 'zod'
import { pageQuery } from './object.ts'
import { routeReason } from './route-reason.ts'

/** What a service was asked for and did not give, or what the last one gave. */
const recordedAttempt = z.object({
  service: z.string(),
  /** Null: as the caller names it. */
  model: z.string().nullable(),
  /** What it answered; null: nothing. */
  status: z.int().nullable(),
  /** Why another one was asked, or why the call failed, in a word; null: it answered well. */
  reason: z.string().nullable(),
  /** Null where it cannot be told apart. */
  durationMs: z.number().nullable(),
})
export type RecordedAttempt = z.infer<typeof recordedAttempt>

/** What a request asks for, as far as a classifier has looked at it. */
const recordedIntent = z.object({
  /** Null: the classifier was not sure. */
  label: z.string().nullable(),
})

/** One request to a Model API, as it is told by the node that served it, or by the console of its own calls. Content is not among it. */
export const requestRecord = z.object({
  /** Sorts by `at`. */
  id: z.string(),
  /** When it began. */
  at: z.iso.datetime(),
  /** `X-Request-Id`; a caller may have chosen it. */
  requestId: z.string(),
  gatewayId: z.string(),
  /** `console` where `isDebug`. */
  nodeId: z.string(),
  /** A call of the Debug panel. It counts in no what-if. */
  isDebug: z.boolean(),
  side: z.enum(['internet', 'vpc']),
  clientAddress: z.string().nullable(),
  modelApi: z.object({ id: z.string(), name: z.string() }),
  /** Null where the API asks nobody who they are, or could not tell. */
  consumer: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Which answered, or was asked last; null where none was. */
  service: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The API's route: `/v1/chat/completions`; null where none was found. */
  route: z.string().nullable(),
  method: z.string(),
  /** Without its query. */
  path: z.string(),
  /** What the caller got; 499: it left before. */
  status: z.int(),
  /** Whose fault a failure is; null: none. */
  errorSource: z.enum(['client', 'gateway', 'upstream']).nullable(),
  /** Of the gateway, or the kind of what the service said. */
  errorCode: z.string().nullable(),
  isStream: z.boolean(),
  modelAsked: z.string().nullable(),
  /** What the service was asked for. */
  modelSent: z.string().nullable(),
  modelAnswered: z.string().nullable(),
  /** Null where no service was chosen. */
  routed: routeReason.nullable(),
  /** Null: nobody looked. */
  intent: recordedIntent.nullable(),
  /** Characters of the texts that were sent; null where there are none to count. */
  promptCharacters: z.int().nullable(),
  attempts: z.array(recordedAttempt),
  bytesIn: z.int(),
  bytesOut: z.int(),
  /** From the beginning of the request; null where nothing was answered. */
  firstByteMs: z.number().nullable(),
  firstTokenMs: z.number().nullable(),
  durationMs: z.number(),
  /** Tokens; null where the service did not say. `cached` is part of `input`, `reasoning` of `output`. */
  tokens: z.object({
    input: z.int().nullable(),
    output: z.int().nullable(),
    cached: z.int().nullable(),
    reasoning: z.int().nullable(),
  }),
  finishReason: z.string().nullable(),
  /** Fields that a conversion could not carry. */
  dropped: z.array(z.string()),
})
export type RequestRecord = z.infer<typeof requestRecord>

/** The first 64 KiB of a body, or why there is none: it was not to be recorded, is not kept any more, or is not for this role. */
const recordedBody = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('recorded'),
    /** Text where it is UTF-8. */
    encoding: z.enum(['text', 'base64']),
    content: z.string(),
    /** Of the whole body. */
    bytes: z.int(),
    /** Only its beginning was kept. */
    isCut: z.boolean(),
  }),
  z.object({ state: z.enum(['not-recorded', 'expired', 'forbidden']) }),
])
export type RecordedBody = z.infer<typeof recordedBody>

export const requestDetail = requestRecord.extend({ request: recordedBody, response: recordedBody })
export type RequestDetail = z.infer<typeof requestDetail>

export const requestOutcomes = ['2xx', '3xx', '4xx', '5xx'] as const

export const requestQuery = pageQuery.extend({
  /** Id or name. */
  modelApiId: z.string().max(64).optional(),
  /** One status, or all of a class: `5xx`. */
  status: z
    .string()
    .regex(/^[1-5](?:\d\d|xx)$/, 'A status such as 429, or a class such as 5xx.')
    .optional(),
  /** As the caller named it. */
  model: z.string().max(256).optional(),
  /** Its id or name. */
  consumer: z.string().max(64).optional(),
  requestId: z.string().max(200).optional(),
})
export type RequestQuery = z.infer<typeof requestQuery>
