import { fieldComplaint } from '@/lib/gateway/http1/field-syntax.ts'
import type { RawFields } from '@/lib/gateway/raw-fields.ts'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import { UpstreamError } from './upstream-error.ts'

const invalidMethod = /[^A-Z-]/
const invalidPath = /[^\x21-\x7e\x80-\xff]/
const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** The head as text, one character for each byte. Throws `REQUEST_UNSENDABLE`. */
export function writeRequestHead(request: UpstreamRequest, host: string): string {
  const { method, path, headers } = request
  if (method === '' || invalidMethod.test(method)) throw unsendable('The method is not a token.')
  if (path === '' || invalidPath.test(path))
    throw unsendable('The path holds a control character or a space.')
  return `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${writeFields(headers)}${framing(request)}\r\n`
}

function framing({ method, body, contentLength, isUpgrade }: UpstreamRequest): string {
  if (isUpgrade) return 'connection: upgrade\r\nupgrade: websocket\r\n'
  if (body === null)
    return methodsWithBody.has(method)
      ? 'connection: keep-alive\r\ncontent-length: 0\r\n'
      : 'connection: keep-alive\r\n'
  const length = Buffer.isBuffer(body) ? body.length : contentLength
  return length === null
    ? 'connection: keep-alive\r\ntransfer-encoding: chunked\r\n'
    : `connection: keep-alive\r\ncontent-length: ${length}\r\n`
}

/** Field lines alone, as behind a body sent in chunks. Throws `REQUEST_UNSENDABLE`. */
export function writeFields(fields: RawFields): string {
  let text = ''
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] as string
    const value = fields[index + 1] as string
    const complaint = fieldComplaint(name, value)
    if (complaint !== null) throw unsendable(complaint)
    text += `${name}: ${value}\r\n`
  }
  return text
}

function unsendable(message: string): UpstreamError {
  return new UpstreamError('REQUEST_UNSENDABLE', message)
}
