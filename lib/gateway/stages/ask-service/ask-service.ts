import { GatewayError } from '@/lib/gateway/error.ts'
import type { AskedService } from '@/lib/gateway/runtime/asked-service.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { readRequestHeaders } from '@/lib/gateway/stages/admit/request-headers.ts'
import { askedApi } from '@/lib/gateway/stages/ask-service/asked-api.ts'
import { AskingExchange, type CollectedAnswer } from '@/lib/gateway/stages/ask-service/asking-exchange.ts'
import { askTargets } from '@/lib/gateway/stages/model-call/call-targets.ts'
import type { ApiCall } from '@/lib/gateway/stages/model-call/calling.ts'
import type { HeldBytes } from '@/lib/gateway/stages/model-call/held-bytes.ts'
import { prepareCall } from '@/lib/gateway/stages/model-call/prepare-call.ts'
import { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import { prepareRelay } from '@/lib/gateway/stages/relay-operation/prepare-relay.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'

/** Who asks. */
export interface Asking {
  readonly runtime: Runtime
  /** What the caller's request holds; what is asked is counted as well. */
  readonly holding: HeldBytes
  readonly clock: Clock
  /** Of the caller's request, for which it is asked. */
  readonly requestId: string
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

/** For the request of a call. */
export function askingFor(
  { runtime, held: holding, clock, observation }: ApiCall,
  signal: AbortSignal,
): Asking {
  return { runtime, holding, clock, requestId: observation.requestId, signal }
}

export type ServiceAnswer =
  | { readonly kind: 'answered'; readonly body: Buffer }
  /** Too late; too many are asked already; nobody waits any more. */
  | { readonly kind: 'late' | 'busy' | 'left' }
  /** `reason`: a code of the gateway, or what was answered; never the service's own words. */
  | { readonly kind: 'failed'; readonly reason: string }

const answerBytesMax = 262_144
const headers = readRequestHeaders(['content-type', 'application/json'])

/**
 * Asks a service in the way of traffic: its fleet, its keys, its provider's adapter and the egress policy. Always
 * resolves, `timeoutMs` after the call at the latest; then, and when nobody waits any more, the service is cancelled as
 * by a caller that has left, so that impatience harms no key and no instance.
 */
export function askService(
  service: AskedService,
  body: JsonObject,
  timeoutMs: number,
  asking: Asking,
): Promise<ServiceAnswer> {
  const { signal } = asking
  if (signal.aborted) return Promise.resolve({ kind: 'left' })
  if (!service.enter()) return Promise.resolve({ kind: 'busy' })
  return new Promise((resolve) => {
    let ending: ServiceAnswer = { kind: 'failed', reason: 'the answer is too long or broke off' }
    const exchange = new AskingExchange(service.operation.path, answerBytesMax, (answer) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      resolve(answer === null ? ending : read(answer))
    })
    const endWith = (answer: ServiceAnswer) => {
      ending = answer
      exchange.leave()
    }
    const leave = () => endWith({ kind: 'left' })
    const timer = setTimeout(() => endWith({ kind: 'late' }), timeoutMs)
    signal.addEventListener('abort', leave)
    send(service, body, exchange, asking)
      .then(() => exchange.destroy())
      .catch((error: unknown) => endWith({ kind: 'failed', reason: reasonOf(error) }))
      .finally(() => service.leave())
  })
}

async function send(
  service: AskedService,
  body: JsonObject,
  exchange: AskingExchange,
  { runtime, holding, clock, requestId }: Asking,
): Promise<void> {
  const published = askedApi(service)
  const { operation } = service
  const { address, forwardedFor } = exchange.peer.client
  const request: Admitted = {
    requestId,
    method: 'POST',
    url: operation.path,
    hostName: '',
    host: '',
    clientAddress: address,
    forwardedFor,
    headers,
  }
  const observation = new Observation(exchange, requestId, clock.now())
  const notes = new ModelCallNotes(published.api)
  const held = holding.another()
  try {
    const bytes = Buffer.from(JSON.stringify(body))
    held.add(bytes.length)
    const calling = {
      ...{ runtime, observation, notes, held, clock, bytes, judgeReply: null },
      operation: { published, operation, request },
    }
    const choice = published.router.choose({ model: null, body, format: null }, 0)
    await askTargets(calling, choice, [], (route) => {
      const model = typeof body['model'] === 'string' ? body['model'] : null
      return operation.format === null
        ? prepareRelay(route, { bytes, json: body, form: null, model }, () => {})
        : { ...prepareCall(route, bytes, body), answerBytesMax }
    })
  } finally {
    held.release()
  }
}

function read({ status, body }: CollectedAnswer): ServiceAnswer {
  return status === 200 ? { kind: 'answered', body } : { kind: 'failed', reason: `answered ${status}` }
}

function reasonOf(error: unknown): string {
  return error instanceof GatewayError ? error.code : 'internal_error'
}
