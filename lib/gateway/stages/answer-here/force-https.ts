import { refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { answerHere } from '@/lib/gateway/stages/answer-here/answer-here.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

const httpsPort = 443
const empty = Buffer.alloc(0)

/**
 * Where a plain request to a name that is served by TLS only has to go; null for all others. Throws `https_required` for
 * callers that follow no redirect.
 */
export function httpsLocation(runtime: Runtime, exchange: Exchange, request: Admitted): string | null {
  const { side } = exchange
  const names = runtime.names[side]
  if (!names.hasForced || exchange.scheme === 'https') return null
  const port = runtime.tlsPorts[side]
  if (port === null || !names.isForced(request.hostName) || cameByTls(runtime, exchange)) return null
  if (exchange.isUpgrade || request.headers.isGrpc) {
    throw refusal(
      'https_required',
      `This name is served by TLS only. Connect by TLS to port ${port}: https:// or wss:// in front of the name.`,
    )
  }
  const authority = port === httpsPort ? request.hostName : `${request.hostName}:${port}`
  return `https://${authority}${request.url.startsWith('/') ? request.url : '/'}`
}

/** 308 keeps method and body (RFC 9110 §15.4.9). */
export function redirect(observation: Observation, location: string): void {
  answerHere(observation, 308, ['location', location], empty)
}

/** A trusted proxy that has ended the caller's TLS says so. */
function cameByTls({ trustedProxies }: Runtime, { peer, rawHeaders }: Exchange): boolean {
  if (!peer.isAmong(trustedProxies)) return false
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index]?.toLowerCase() !== 'x-forwarded-proto') continue
    return rawHeaders[index + 1]?.split(',').at(-1)?.trim().toLowerCase() === 'https'
  }
  return false
}
