import { type GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import type { ClientAddress } from '@/lib/gateway/stages/admit/client-address.ts'
import { type RequestHeaders, readRequestHeaders } from '@/lib/gateway/stages/admit/request-headers.ts'

/** Refuses what is malformed or over a limit before anything else looks at it. */
export function admit(
  runtime: Runtime,
  exchange: Exchange,
  client: ClientAddress,
  requestId: string,
): Admitted {
  const { limits } = runtime
  if (exchange.target.length > limits.urlBytesMax) {
    throw refusal('url_too_long', `The URL is longer than ${limits.urlBytesMax} bytes.`)
  }
  // TRACE echoes a request, credentials included, to whoever made a browser send it.
  if (exchange.method === 'TRACE') throw refusal('method_not_supported', 'TRACE is not passed on.')
  const headers = readRequestHeaders(exchange.rawHeaders)
  checkVersion(exchange, headers)
  if (headers.expect !== null && headers.expect !== '100-continue') {
    throw refusal('expectation_failed', 'The only expectation understood is "100-continue".')
  }
  if (headers.contentLength !== null && headers.contentLength > runtime.bodyBytesMax) {
    throw bodyTooLarge(runtime.bodyBytesMax)
  }
  const target = originForm(exchange.target, headers.host)
  return {
    requestId,
    method: exchange.method,
    url: target.url,
    hostName: hostNameOf(target.host),
    host: target.host,
    clientAddress: client.address,
    forwardedFor: client.forwardedFor,
    headers,
  }
}

/** Once it is known that the request is for an inference service: Model APIs take larger ones. */
export function checkBodyLength({ limits }: Runtime, { headers: { contentLength } }: Admitted): void {
  if (contentLength !== null && contentLength > limits.requestBodyBytesMax) {
    throw bodyTooLarge(limits.requestBodyBytesMax)
  }
}

function bodyTooLarge(bytesMax: number): GatewayError {
  return refusal('body_too_large', `The request body is larger than ${bytesMax} bytes.`)
}

function checkVersion({ httpVersion }: Exchange, headers: RequestHeaders): void {
  if (httpVersion === '1.1') {
    if (headers.host === null) throw refusal('malformed_request', 'The request has no Host header.')
    if (headers.isGrpc) throw refusal('version_not_supported', 'gRPC needs HTTP/2.')
    return
  }
  if (httpVersion === '2.0') return
  if (httpVersion !== '1.0') {
    throw refusal('version_not_supported', 'This listener speaks HTTP/2, HTTP/1.1 and HTTP/1.0.')
  }
  // RFC 9112 §6.1: a 1.0 message with Transfer-Encoding has faulty framing.
  if (headers.isChunked) throw refusal('malformed_request', 'HTTP/1.0 has no Transfer-Encoding.')
  if (headers.isGrpc) throw refusal('version_not_supported', 'gRPC needs HTTP/2.')
}

/** RFC 9112 §3.2: a server must also take the absolute form, whose authority replaces `Host`. */
function originForm(target: string, host: string | null): { url: string; host: string } {
  if (target.startsWith('/') || target === '*') return { url: target, host: host ?? '' }
  const absolute = /^https?:\/\/([^/?#]*)(.*)$/i.exec(target)
  if (absolute === null) throw refusal('malformed_request', 'The request target is not understood.')
  const [, authority = '', rest = ''] = absolute
  return { url: rest.startsWith('/') ? rest : `/${rest}`, host: authority }
}

function hostNameOf(host: string): string {
  const lower = host.toLowerCase()
  if (lower.startsWith('[')) return lower.slice(0, lower.indexOf(']') + 1)
  const colon = lower.indexOf(':')
  const name = colon === -1 ? lower : lower.slice(0, colon)
  // A name with the dot of the root is the same name.
  return name.endsWith('.') ? name.slice(0, -1) : name
}
