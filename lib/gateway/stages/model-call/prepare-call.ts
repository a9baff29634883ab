import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type {
  FormatPlan,
  ProviderRuntime,
  UpstreamServiceRuntime,
} from '@/lib/gateway/runtime/upstream-service-runtime.ts'
import { type CallReading, readingOf, relayReading } from '@/lib/gateway/stages/model-call/call-reading.ts'
import type { ModelRoute } from '@/lib/gateway/stages/model-call/model-route.ts'
import { fromProtocolError, invalidRequest, modelOf } from '@/lib/gateway/stages/model-call/parse-body.ts'
import type { UpstreamPool } from '@/lib/gateway/upstream/upstream-pool.ts'
import type { EmbeddingRequest } from '@/lib/protocols/codec.ts'
import { stringifyExact } from '@/lib/protocols/exact-json.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import type { RouteCall } from '@/lib/providers/provider.ts'

/** What is sent, however often, and how the answer is read. */
export interface PreparedCall {
  readonly body: Buffer
  /** As the caller named it; null where it named none. */
  readonly asked: string | null
  /** As the service is asked; empty where it takes none. */
  readonly model: string
  readonly isStream: boolean
  readonly streamUsage: boolean
  readonly dropped: readonly string[]
  readonly reading: CallReading
  /** Null for addresses. */
  readonly plan: FormatPlan | null
  /** Path and query at a provider; empty for addresses. */
  readonly path: string
  /** The provider's own, names and values in turn. */
  readonly headers: readonly string[]
  /** What is read of an answer in one piece at most; absent: as much as answers to callers may have. */
  readonly answerBytesMax?: number
  /** Of an operation that is relayed as it is; absent: a POST in a format that is read. */
  readonly relayed?: RelayedCall
}

export interface RelayedCall {
  readonly method: string
  readonly isUpgrade: boolean
  /** To the provider; null for addresses. */
  readonly pool: UpstreamPool | null
  /** Told each short answer in JSON, whose end waits for it; null where nothing is learned of them. */
  readonly learn: ((route: ModelRoute, answer: Buffer) => void | Promise<void>) | null
}

/** Makes of a caller's body what its service is to get. Throws `invalid_request` and `operation_not_supported`. */
export function prepareCall(route: ModelRoute, bytes: Buffer, body: JsonObject): PreparedCall {
  const prepared = prepare(route, bytes, body)
  const { moderation } = route.published.api
  if (moderation?.reply !== true) return prepared
  const { reading } = prepared
  // What would be relayed is written anew, with the usage that the service sends for having been asked.
  const streamUsage = reading.isRelay ? asksForUsage(body) : prepared.streamUsage
  return { ...prepared, streamUsage, reading: reading.moderated(moderation) }
}

function asksForUsage({ stream_options: options }: JsonObject): boolean {
  return isJsonObject(options) && options['include_usage'] === true
}

function prepare(route: ModelRoute, bytes: Buffer, body: JsonObject): PreparedCall {
  const { operation, service } = route
  const { format } = operation
  if (format === null) throw notSupported(route)
  const asked = modelOf(body)
  const model = route.model ?? asked ?? modelOfAgent(service)
  const isStream = body['stream'] === true && format !== 'openai-embeddings'
  const isRewritten = route.model !== null && model !== asked
  const basis = { asked, model, isStream, isRewritten }
  if (service.provider === null) {
    const { isRewritten: _, ...named } = basis
    return {
      ...named,
      body: isRewritten ? toBytes({ ...body, model }) : bytes,
      streamUsage: false,
      dropped: [],
      reading: relayReading(format),
      plan: null,
      path: '',
      headers: [],
    }
  }
  const plan = service.provider.plans.get(format)
  if (plan === undefined) throw notSupported(route)
  checkModel(service.provider, model)
  return plan.isSame ? relayed(plan, bytes, body, basis) : converted(plan, body, basis)
}

export function notSupported({ operation, service }: ModelRoute): GatewayError {
  return refusal(
    'operation_not_supported',
    `The provider of service ${service.name} has nothing that answers ${operation.path}.`,
  )
}

type Basis = Pick<PreparedCall, 'asked' | 'model' | 'isStream'> & {
  /** The Model API asks for a model of its own. */
  readonly isRewritten: boolean
}

/** The caller's own body, unless the model is another or the provider spells something otherwise. */
function relayed(
  plan: FormatPlan,
  bytes: Buffer,
  body: JsonObject,
  { isRewritten, ...basis }: Basis,
): PreparedCall {
  const { route } = plan
  if (isRewritten) body['model'] = basis.model
  const call: RouteCall = { model: basis.model, stream: basis.isStream, body }
  route.prepareBody?.(call)
  const isAsSent = !isRewritten && route.prepareBody === null
  return {
    ...basis,
    body: isAsSent ? bytes : toBytes(body),
    streamUsage: false,
    dropped: [],
    reading: readingOf(plan, null),
    plan,
    path: route.path(call),
    headers: route.headers(call),
  }
}

function converted(plan: FormatPlan, body: JsonObject, { isRewritten: _, ...basis }: Basis): PreparedCall {
  const { model, isStream } = basis
  const hints = { model, stream: isStream }
  // Callers of agents may leave it out, which their protocol does not know.
  const asked = basis.asked === null ? { ...body, model } : body
  const { route } = plan
  const made = asCallerError(() => {
    if (plan.embedding !== null) {
      const { request, ...rest } = plan.embedding.request(asked, hints, model)
      return { ...rest, embeddings: request as EmbeddingRequest | null, streamUsage: false }
    }
    const { request, ...rest } = plan.conversion.request(asked, hints, model)
    return { ...rest, embeddings: null, streamUsage: request.streamUsage }
  })
  const call: RouteCall = { model, stream: isStream, body: made.body }
  route.prepareBody?.(call)
  return {
    ...basis,
    body: toBytes(made.body),
    streamUsage: made.streamUsage,
    dropped: made.dropped,
    reading: readingOf(plan, made.embeddings),
    plan,
    path: route.path(call),
    headers: route.headers(call),
  }
}

/** An agent has a model of its own. */
function modelOfAgent({ name, provider }: UpstreamServiceRuntime): string {
  return provider?.kind === 'agent' ? name : ''
}

function checkModel({ kind }: ProviderRuntime, model: string): void {
  if (kind === 'model' && model === '') {
    throw invalidRequest('The request names no model. Give its name as `model`.', 'model')
  }
}

function asCallerError<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw error instanceof ProtocolError ? fromProtocolError(error) : error
  }
}

/** Throws `invalid_request` on what is nested deeper than can be written again. */
export function toBytes(body: JsonObject): Buffer {
  try {
    return Buffer.from(stringifyExact(body))
  } catch (error) {
    if (error instanceof RangeError) throw invalidRequest('The request body is nested too deeply.', null)
    throw error
  }
}
