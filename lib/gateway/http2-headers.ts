import type { Http2Stream, OutgoingHttpHeaders } from 'node:http2'

/** What describes an HTTP/1.1 connection and its framing; HTTP/2 has neither. */
const connectionSpecific = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
])

/** Names and values in turn, as node:http2 takes them: lower case, repetitions as a list. */
export function toHttp2Headers(flat: readonly string[]): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = Object.create(null)
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const name = (flat[index] as string).toLowerCase()
    if (connectionSpecific.has(name) || name.charCodeAt(0) === 58) continue
    const value = flat[index + 1] as string
    const before = headers[name]
    if (before === undefined) headers[name] = value
    else if (Array.isArray(before)) before.push(value)
    else headers[name] = [String(before), value]
  }
  return headers
}

/** node:http2 refuses to repeat what HTTP defines once. The first one counts. */
export function withoutRepetitions(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const single: OutgoingHttpHeaders = Object.create(null)
  for (const [name, value] of Object.entries(headers)) {
    single[name] = Array.isArray(value) && name !== 'set-cookie' ? value[0] : value
  }
  return single
}

/** Runs `send` again without repetitions where node refuses them; any other error passes. */
export function sendTolerantly(
  headers: OutgoingHttpHeaders,
  send: (headers: OutgoingHttpHeaders) => void,
): void {
  try {
    send(headers)
  } catch (error) {
    if (!isRepetition(error)) throw error
    send(withoutRepetitions(headers))
  }
}

/** Ends a stream that waits for its trailers. Names and values in turn; a stream that cannot be ended so is reset. */
export function endWithTrailers(stream: Http2Stream, flat: readonly string[]): void {
  if (stream.destroyed || stream.closed) return
  try {
    sendTolerantly(toHttp2Headers(flat), (trailers) => stream.sendTrailers(trailers))
  } catch (error) {
    // Called from an event, where nobody would catch it.
    stream.destroy(error instanceof Error ? error : new Error(String(error)))
  }
}

function isRepetition(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_HTTP2_HEADER_SINGLE_VALUE'
}
