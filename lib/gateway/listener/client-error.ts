import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type GatewayError, type GatewayErrorCode, refusal, toErrorAnswer } from '@/lib/gateway/error.ts'
import { endAndDiscard } from '@/lib/gateway/listener/lingering-close.ts'
import { createRequestId } from '@/lib/gateway/stages/admit/request-id.ts'

interface ParserError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
}

const messages = {
  headers_too_large: 'The header section is too large.',
  url_too_long: 'The URL is too long.',
  request_timed_out: 'The request headers did not arrive in time.',
  malformed_request: 'The request is not well-formed HTTP/1.1.',
} as const satisfies Partial<Record<GatewayErrorCode, string>>

/** Answers what the parser refused. Null where nobody can be answered: the peer is gone. */
export function answerClientError(
  error: ParserError,
  socket: Socket,
  urlBytesMax: number,
): GatewayError | null {
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE' || !socket.writable) {
    socket.destroy()
    return null
  }
  const code = codeOf(error, urlBytesMax)
  const refused = refusal(code, messages[code])
  endAndDiscard(socket, rawAnswer(refused))
  return refused
}

function codeOf(error: ParserError, urlBytesMax: number): keyof typeof messages {
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return isUrlOverflow(error.rawPacket, urlBytesMax) ? 'url_too_long' : 'headers_too_large'
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'request_timed_out'
    default:
      return 'malformed_request'
  }
}

/** The parser counts the request line among the headers; a first line that long is a URL problem. */
function isUrlOverflow(packet: Buffer | undefined, urlBytesMax: number): boolean {
  if (packet === undefined || !/^[A-Z]+ [^\s]/.test(packet.toString('latin1', 0, 32))) return false
  const lineEnd = packet.indexOf('\r\n')
  return lineEnd === -1 ? packet.length > urlBytesMax : lineEnd > urlBytesMax
}

/** A whole response as bytes, for sockets that have no response object. */
export function rawAnswer(error: GatewayError): Buffer {
  const { status, headers, body } = toErrorAnswer(error, createRequestId(Date.now()))
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\n`
  for (let index = 0; index + 1 < headers.length; index += 2)
    head += `${headers[index]}: ${headers[index + 1]}\r\n`
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body])
}
