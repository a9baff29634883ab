import { GatewayError } from '@/lib/gateway/error.ts'
import type { KeyRing } from '@/lib/gateway/runtime/keys/key-ring.ts'
import { noKeysTried, type ProviderKey } from '@/lib/gateway/runtime/keys/provider-key.ts'
import type { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import { type Destination, destinationOf } from '@/lib/gateway/stages/model-call/destination.ts'
import { KeyUse } from '@/lib/gateway/stages/model-call/key-use.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import { ModelRelay, type RelayOutcome } from '@/lib/gateway/stages/model-call/model-relay.ts'
import { traceOutcome, traceSending } from '@/lib/gateway/stages/model-call/trace-send.ts'
import { type Authorization, CredentialError } from '@/lib/providers/provider.ts'

/**
 * Sends one attempt and relays the answer, with one key after the other where the first is refused or wants a rest: a
 * request that was not let in has not been acted on. Rejects as `forward` does.
 */
export async function sendCall(call: ModelCall, attempt: Attempt): Promise<void> {
  const destination = destinationOf(call, attempt.instance)
  // For a caller that has left nothing is sent.
  if (!call.exchange.gone) call.notes.url = `${destination.pool.origin}${destination.path.split('?', 1)[0]}`
  const ring = call.route.service.provider?.keys ?? null
  if (ring === null) {
    await dispatch(call, attempt, destination, null, null)
    return
  }
  let tried: readonly ProviderKey[] = noKeysTried
  for (;;) {
    const use = nextKey(ring, tried)
    tried = use.tried
    const authorization = authorize(call, use, destination)
    const ready = authorization instanceof Promise ? await authorization : authorization
    if (ready === null) continue
    if ((await dispatch(call, attempt, destination, use, ready)) === 'answered') return
  }
}

function nextKey(ring: KeyRing, tried: readonly ProviderKey[]): KeyUse {
  const key = ring.pick(tried)
  if (key !== null) return new KeyUse(ring, key, tried)
  throw new GatewayError(
    'upstream_credential_rejected',
    'The provider took none of the API keys of the service.',
  )
}

/** Null: nothing can be had for this key, and there is another one. Throws where there is none. */
function authorize(
  call: ModelCall,
  use: KeyUse,
  { host, path, headers }: Destination,
): Authorization | null | Promise<Authorization | null> {
  try {
    const answer = use.key.credential.authorize({ method: call.method, host, path, headers, body: call.body })
    return answer instanceof Promise ? answer.catch((error) => withoutCredential(call, use, error)) : answer
  } catch (error) {
    return withoutCredential(call, use, error)
  }
}

function withoutCredential({ exchange, deadline }: ModelCall, use: KeyUse, error: unknown): null {
  if (!(error instanceof CredentialError)) throw error
  if (error.isRefused) use.ring.refused(use.key, error.message)
  else use.unanswered(error.message)
  // A token takes its time, and nobody may wait for the next one any more.
  if (use.hasNext && !exchange.gone && !deadline.hasPassed) return null
  throw error.isRefused
    ? new GatewayError('upstream_credential_rejected', error.message, { cause: error })
    : new GatewayError('upstream_unreachable', error.message, { cause: error })
}

function dispatch(
  call: ModelCall,
  attempt: Attempt,
  { pool, host, path, headers }: Destination,
  use: KeyUse | null,
  authorization: Authorization | null,
): Promise<RelayOutcome> {
  const relay = new ModelRelay(call, attempt, use)
  const request = {
    method: call.method,
    path: authorization === null ? path : authorizedPath(path, authorization),
    headers: authorization === null ? headers : [...headers, ...authorization.headers],
    body: call.body,
    contentLength: null,
    isUpgrade: call.prepared.relayed?.isUpgrade ?? false,
    bodyTimeoutMs: call.runtime.limits.upstreamIdleMs,
    trailers: null,
  }
  const { trace } = call.observation
  if (trace !== null) traceSending(trace, call, { origin: pool.origin, host, request, authorization })
  pool.http1.dispatch(request, relay)
  return trace === null ? relay.done : traceOutcome(trace, call, relay)
}

function authorizedPath(path: string, { path: completed, query }: Authorization): string {
  const base = completed ?? path
  if (query === '') return base
  return `${base}${base.includes('?') ? '&' : '?'}${query}`
}
