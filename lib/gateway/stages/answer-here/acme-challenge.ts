import { refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { isRefused } from '@/lib/gateway/stages/admit/check-access.ts'
import { answerHere } from '@/lib/gateway/stages/answer-here/answer-here.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

const prefix = '/.well-known/acme-challenge/'
const dot = 46

/** Whether a certificate authority may be asking (RFC 8555 §8.3): over plain HTTP, under any name. */
export function isAcmeChallenge({ target, scheme, method }: Exchange): boolean {
  return (
    target.charCodeAt(1) === dot &&
    target.startsWith(prefix) &&
    scheme === 'http' &&
    (method === 'GET' || method === 'HEAD')
  )
}

/** Answered to everybody: authorities do not say from where they ask. */
export function answerChallenge(runtime: Runtime, observation: Observation): void {
  const { exchange } = observation
  const { target } = exchange
  // Others keep no place with it.
  if (isRefused(runtime, exchange.side, exchange.peer)) exchange.dismiss?.()
  const query = target.indexOf('?')
  const token = target.slice(prefix.length, query === -1 ? undefined : query)
  const keyAuthorization = runtime.acmeChallenges.get(token)
  if (keyAuthorization === undefined) {
    throw refusal('challenge_not_found', 'No certificate is being ordered with this token.')
  }
  answerHere(
    observation,
    200,
    ['content-type', 'application/octet-stream', 'cache-control', 'no-store'],
    Buffer.from(keyAuthorization, 'latin1'),
  )
}
