import type { OutgoingHttpHeaders } from 'node:http2'

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
