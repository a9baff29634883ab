import { GatewayError } from '@/lib/gateway/error.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { parseExact } from '@/lib/protocols/exact-json.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import type { ProtocolError } from '@/lib/protocols/protocol-error.ts'

/** Throws `invalid_request` on anything but one JSON object. */
export function parseBody(bytes: Buffer, request: Admitted): JsonObject {
  if (bytes.length === 0) throw invalidRequest('The request has no body. Send a JSON object.', null)
  const { endToEnd } = request.headers
  for (let index = 0; index + 1 < endToEnd.length; index += 2) {
    if (endToEnd[index]?.toLowerCase() !== 'content-encoding') continue
    if (endToEnd[index + 1]?.toLowerCase() === 'identity') continue
    throw invalidRequest('The request body is compressed. Send it as it is, without Content-Encoding.', null)
  }
  let value: unknown
  try {
    value = parseExact(bytes.toString())
  } catch {
    throw invalidRequest('The request body is not valid JSON.', null)
  }
  if (isJsonObject(value)) return value
  throw invalidRequest('The request body is not a JSON object.', null)
}

/** As the caller names it; null where it names none. */
export function modelOf(body: JsonObject): string | null {
  const { model } = body
  return typeof model === 'string' && model !== '' ? model : null
}

export function invalidRequest(message: string, param: string | null): GatewayError {
  return new GatewayError('invalid_request', message, { param })
}

/** What a codec says of a caller's body, as the caller is told. */
export function fromProtocolError({ message, param }: ProtocolError): GatewayError {
  return invalidRequest(message, param)
}
