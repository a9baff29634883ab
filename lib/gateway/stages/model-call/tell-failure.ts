import { GatewayError } from '@/lib/gateway/error.ts'
import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import type { ServiceFailure } from '@/lib/gateway/stages/model-call/answer-sink.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import type { ProtocolFailure } from '@/lib/protocols/canonical.ts'
import { isJsonObject } from '@/lib/protocols/json.ts'

/** An answer to a caller: a service's own words, or those of its caller's protocol. */
export interface ToldAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: Buffer
  /** The gateway has put it into other words. */
  readonly isRewritten: boolean
}

/** What a service says is wrong, in canonical form. */
export function readFailure(call: ModelCall, { status, body, failure }: ServiceFailure): ProtocolFailure {
  return failure ?? call.prepared.reading.failure(status, body, call.observation.requestId).failure
}

/**
 * What the caller is told of it. Throws where it is not the caller's to mend: a key that is refused says nothing about
 * the caller's own credentials.
 */
export function tellFailure(call: ModelCall, said: ServiceFailure, failure: ProtocolFailure): ToldAnswer {
  const { reading } = call.prepared
  refuseWhatIsNoAnswer(said)
  if (isCredentialRefused(said.status, failure)) {
    throw new GatewayError(
      'upstream_credential_rejected',
      said.status === 403
        ? 'The provider does not allow what was asked for with the API key of the service (403).'
        : `The provider refused the API key of the service (${said.status}). Whoever runs this API must check its keys.`,
    )
  }
  if (reading.isRelay && isOfApi(call, said)) {
    const contentType = said.contentType === '' ? 'application/json' : said.contentType
    // An error within an answer of 200 gets the status that fits.
    const status = said.status < 400 ? failure.status : said.status
    return { status, contentType, body: said.bytes, isRewritten: false }
  }
  const advice = call.route.service.provider?.prepared.explain(failure) ?? null
  const message = advice === null ? failure.message : `${failure.message} ${advice}`
  const told = reading.told({ ...failure, message }, call.observation.requestId)
  return {
    status: told.status,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(told.body)),
    isRewritten: true,
  }
}

function isOfApi({ route }: ModelCall, { body, bytes }: ServiceFailure): boolean {
  const { format } = route.operation
  const { protocol } = route.published.api
  if (format !== null || protocol === 'openai') return isOfProtocol(body, format)
  // Servers that clients of their own talk to say what is wrong in more forms than one.
  if (protocol !== 'model-studio') return bytes.length > 0
  return isJsonObject(body) && typeof body['code'] === 'string' && typeof body['message'] === 'string'
}

/** A gate before the model may say what is wrong in a shape that the caller's client does not know. */
function isOfProtocol(body: unknown, format: CallerFormat | null): boolean {
  if (!isJsonObject(body) || !isJsonObject(body['error'])) return false
  return format !== 'anthropic-messages' || body['type'] === 'error'
}

/** Whether another key may do better. */
export function isCredentialRefused(status: number, { kind }: ProtocolFailure): boolean {
  return status === 401 || status === 403 || kind === 'authentication'
}

function refuseWhatIsNoAnswer({ status, contentType, bytes }: ServiceFailure): void {
  if (status >= 300 && status < 400) {
    throw new GatewayError(
      'upstream_bad_answer',
      `The service answered with a redirect (${status}), which is not followed. Its base URL must be the final address.`,
    )
  }
  // A key is refused and a rest is asked for by many a proxy in HTML.
  if (status === 401 || status === 403 || status === 429 || !isHtml(contentType, bytes)) return
  throw new GatewayError(
    'upstream_bad_answer',
    `The service answered with an HTML page (${status}) instead of JSON. Its base URL may be wrong.`,
  )
}

export function isHtml(contentType: string, bytes: Buffer): boolean {
  if (/^\s*(?:text\/html|application\/xhtml)/i.test(contentType)) return true
  return /^\s*<(?:!doctype html|html)/i.test(bytes.toString('latin1', 0, 64))
}
