import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import { UpstreamError } from './upstream-error.ts'

const invalidMethod = /[^A-Z-]/
const invalidPath = /[^\x21-\x7e\x80-\xff]/
const invalidName = /[^!#$%&'*+\-.^_`|~\dA-Za-z]/
const invalidValue = /[^\t\x20-\x7e\x80-\xff]/
const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** The head as text, one character for each byte. Throws `REQUEST_UNSENDABLE`. */
export function writeRequestHead(request: UpstreamRequest, host: string): string {
  const { method, path, headers } = request
  if (method === '' || invalidMethod.test(method)) throw unsendable('The method is not a token.')
  if (path === '' || invalidPath.test(path))
    throw unsendable('The path holds a control character or a space.')
  let text = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n`
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] as string
    const value = headers[index + 1] as string
    if (name === '' || invalidName.test(name)) throw unsendable('A header name is not a token.')
    if (invalidValue.test(value)) throw unsendable(`The header ${name} holds a control character.`)
    text += `${name}: ${value}\r\n`
  }
  return `${text}${framing(request)}\r\n`
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

/** Field lines alone, as behind a body sent in chunks. */
export function writeTrailers(trailers: readonly string[]): string {
  let text = ''
  for (let index = 0; index + 1 < trailers.length; index += 2) {
    const name = trailers[index] as string
    const value = trailers[index + 1] as string
    if (name === '' || invalidName.test(name) || invalidValue.test(value))
      throw unsendable('A trailer cannot be sent.')
    text += `${name}: ${value}\r\n`
  }
  return text
}

function unsendable(message: string): UpstreamError {
  return new UpstreamError('REQUEST_UNSENDABLE', message)
}
