import * as z from 'zod'
import { routeReason } from './route-reason.ts'

/**
 * A call that the console makes for whoever is signed in, through the same engine as traffic:
 * `POST …/model-apis/{id}/debug`. It answers lines of JSON (`application/x-ndjson`), each one `DebugEvent`, as things
 * happen; leaving cancels the call. No credential is in what is told.
 */
export const debugBodyMax = 10 * 1024 * 1024

const bodyPart = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), name: z.string().min(1).max(256), value: z.string() }),
  z.strictObject({
    type: z.literal('file'),
    name: z.string().min(1).max(256),
    fileName: z.string().min(1).max(256),
    contentType: z.string().min(1).max(128),
    /** Base64. */
    content: z.string(),
  }),
])

export const debugInput = z.strictObject({
  /** One of the API's; null: the gateway's own host. */
  domainId: z.string().max(64).nullable().default(null),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('POST'),
  /** Below the base path, with its query: `/v1/chat/completions`. */
  path: z.string().min(1).max(4096).startsWith('/', 'Start with /.'),
  /** Sent as it is, byte for byte; a form is encoded here. Null: none. */
  body: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('json'), text: z.string() }),
      z.strictObject({ type: z.literal('form'), parts: z.array(bodyPart).min(1).max(50) }),
    ])
    .nullable()
    .default(null),
  /** In whose name: its grant counts. Null: nobody's, and consumer authorization is passed by. */
  consumerId: z.string().max(64).nullable().default(null),
})
export type DebugInput = z.infer<typeof debugInput>
export type DebugForm = z.input<typeof debugInput>

const headers = z.array(z.tuple([z.string(), z.string()]))

/** What a body was, as far as it can be shown: text, or base64 where it is none; cut at 256 KiB. */
const shownBody = z.object({
  encoding: z.enum(['text', 'base64']),
  content: z.string(),
  bytes: z.int(),
  isCut: z.boolean(),
})
export type ShownBody = z.infer<typeof shownBody>

const shownRequest = z.object({ method: z.string(), url: z.string(), headers, body: shownBody.nullable() })
export type ShownRequest = z.infer<typeof shownRequest>

const usage = z.object({
  input: z.int().nullable(),
  output: z.int().nullable(),
  cached: z.int().nullable(),
  reasoning: z.int().nullable(),
})

/** `atMs`: milliseconds since the gateway took the request, a fraction kept. */
const atMs = z.number()

export const debugEvent = z.discriminatedUnion('type', [
  /** The request as the gateway took it; a caller's credential is `$API_KEY`. */
  z.object({ type: z.literal('sent'), requestId: z.string(), request: shownRequest }),
  z.object({ type: z.literal('routed'), atMs, reason: routeReason }),
  /** A service is asked. Credentials are `••••` and the last four characters. */
  z.object({
    type: z.literal('attempt'),
    atMs,
    index: z.int(),
    service: z.object({ id: z.string(), name: z.string() }),
    model: z.string().nullable(),
    /** Null: none could be sent, and why follows. */
    request: shownRequest.nullable(),
    /** The service speaks another protocol than the caller. */
    isConverted: z.boolean(),
    /** Fields that could not be carried. */
    dropped: z.array(z.string()),
  }),
  z.object({
    type: z.literal('attempt-ended'),
    atMs,
    index: z.int(),
    /** Null: it did not answer. */
    status: z.int().nullable(),
    /**
     * Why another one is asked, or why the call failed: the code of an error of the gateway, or `answered_error`,
     * `key_declined` (another key of the service is tried), `broke_off`, `caller_left`. Null: it answered well.
     */
    reason: z.string().nullable(),
    /** The same in a sentence, the service's own where it said one. */
    message: z.string().nullable(),
  }),
  z.object({ type: z.literal('head'), atMs, status: z.int(), headers }),
  /** What the caller gets: an event of a stream with the empty line at its end, else a chunk as it comes. */
  z.object({
    type: z.literal('frame'),
    atMs,
    bytes: z.int(),
    encoding: z.enum(['text', 'base64']),
    content: z.string(),
  }),
  z.object({
    type: z.literal('end'),
    atMs,
    status: z.int(),
    /** Whose fault a failure is; null: none. */
    errorSource: z.enum(['client', 'gateway', 'upstream']).nullable(),
    /** Of the gateway; null where it has nothing to say. */
    errorCode: z.string().nullable(),
    firstTokenMs: z.number().nullable(),
    usage,
    answeredBy: z.string().nullable(),
    finishReason: z.string().nullable(),
    /** The answer broke off after it had begun. */
    isBroken: z.boolean(),
    dropped: z.array(z.string()),
  }),
])
export type DebugEvent = z.infer<typeof debugEvent>
