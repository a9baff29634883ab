import { type RawFields, withoutNamed } from '@/lib/gateway/raw-fields.ts'
import { mayTrail } from '@/lib/gateway/stages/forward/may-trail.ts'

/** Headers of one hop, which RFC 9110 §7.6.1 keeps from passing, and those the gateway sets itself. */
const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-request-id',
])
const reservedPrefix = 'x-switchyard-'

export interface UpstreamAnswerHeaders {
  /** Names and values in turn, ready for the caller, `X-Request-Id` included. */
  readonly headers: string[]
  readonly contentType: string
  readonly isEncoded: boolean
  /** False for a stream whose end nobody knows yet. */
  readonly hasLength: boolean
}

/** Reads the raw list of an upstream answer (names and values in turn) and leaves out what must not pass. */
export function callerHeaders(raw: RawFields, requestId: string): UpstreamAnswerHeaders {
  let headers: string[] = []
  let contentType = ''
  let isEncoded = false
  let hasLength = false
  let connection: string | null = null
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string
    const lower = name.toLowerCase()
    if (lower === 'connection') {
      const options = (raw[index + 1] as string).toLowerCase()
      connection = connection === null ? options : `${connection},${options}`
    }
    if (!mayPass(lower)) continue
    const value = raw[index + 1] as string
    if (lower === 'content-type') contentType = value
    else if (lower === 'content-length') hasLength = true
    else if (lower === 'content-encoding') isEncoded = value.toLowerCase() !== 'identity'
    headers.push(name, value)
  }
  if (connection !== null && connection !== 'close' && connection !== 'keep-alive') {
    headers = withoutNamed(
      headers,
      connection.split(',').map((token) => token.trim()),
    )
  }
  headers.push('x-request-id', requestId)
  return { headers, contentType, isEncoded, hasLength }
}

/** The same for an interim answer (1xx), which has no body and is not yet the answer. */
export function interimHeaders(raw: RawFields): string[] {
  const headers: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string
    const lower = name.toLowerCase()
    if (mayPass(lower) && lower !== 'content-length') headers.push(name, raw[index + 1] as string)
  }
  return headers
}

/** What may pass of what comes behind the body; null where there is nothing. */
export function callerTrailers(raw: RawFields): string[] | null {
  if (raw.length === 0) return null
  const trailers: string[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] as string
    const lower = name.toLowerCase()
    if (mayPass(lower) && mayTrail(lower)) trailers.push(name, raw[index + 1] as string)
  }
  return trailers
}

function mayPass(lowerName: string): boolean {
  return !dropped.has(lowerName) && !lowerName.startsWith(reservedPrefix)
}
