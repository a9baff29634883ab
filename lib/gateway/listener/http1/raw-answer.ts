import { STATUS_CODES } from 'node:http'
import { type GatewayError, type GatewayErrorCode, refusal, toErrorAnswer } from '@/lib/gateway/error.ts'
import { createRequestId } from '@/lib/gateway/stages/admit/request-id.ts'

const messages = {
  headers_too_large: 'The header section is too large.',
  url_too_long: 'The URL is too long.',
  request_timed_out: 'The request headers did not arrive in time.',
  malformed_request: 'The request is not well-formed HTTP/1.1.',
  method_not_supported: 'This gateway is not a forward proxy.',
  version_not_supported: 'This listener speaks HTTP/1.1 and HTTP/1.0.',
} as const satisfies Partial<Record<GatewayErrorCode, string>>

export type RawRefusal = keyof typeof messages

export function rawRefusal(code: RawRefusal): GatewayError {
  return refusal(code, messages[code])
}

/** The whole answer to bytes that never became a request; it ends the connection. */
export function rawAnswer(error: GatewayError, date: string): string {
  const { status, headers, body } = toErrorAnswer(error, createRequestId(Date.now()))
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\n${date}`
  for (let index = 0; index + 1 < headers.length; index += 2)
    text += `${headers[index]}: ${headers[index + 1]}\r\n`
  return `${text}\r\n${body.toString('latin1')}`
}
