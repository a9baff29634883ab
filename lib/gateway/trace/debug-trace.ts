import type { ShownRequest } from '@/lib/domain/debug.ts'
import type { RouteReason } from '@/lib/domain/route-reason.ts'
import { GatewayError, gatewayErrors } from '@/lib/gateway/error.ts'
import { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'
import { TargetDeclined } from '@/lib/gateway/stages/model-call/target-declined.ts'
import type { DebugExchange } from './debug-exchange.ts'
import type { EventLines } from './event-lines.ts'
import type { Redactor } from './redactor.ts'
import type { Asked, Ending, RequestTrace, Sending, SendOutcome } from './request-trace.ts'
import { madeSecrets, shownBytesMax, showSending } from './shown-request.ts'

/** Of all attempts together. */
const attemptBytesMax = 4_194_304

export interface DebugTraceParts {
  readonly apiId: string
  readonly inNameOf: string | null
  /** As whoever asks would send it. */
  readonly shown: ShownRequest
  readonly lines: EventLines
  readonly redactor: Redactor
}

/** Tells the Debug panel what becomes of one request. */
export class DebugTrace implements RequestTrace {
  readonly apiId: string
  readonly inNameOf: string | null
  /** Set before the request is handled. */
  exchange: DebugExchange | null = null
  readonly #parts: DebugTraceParts
  #startedAt = performance.now()
  #attempts = 0
  #bytesLeft = attemptBytesMax
  /** What the last attempt was said to have failed with. */
  #told: unknown = null

  constructor(parts: DebugTraceParts) {
    this.#parts = parts
    this.apiId = parts.apiId
    this.inNameOf = parts.inNameOf
  }

  now(): number {
    return Math.round((performance.now() - this.#startedAt) * 1_000) / 1_000
  }

  began(requestId: string, startedAt: number): void {
    this.#startedAt = startedAt
    const { lines, shown } = this.#parts
    lines.write({ type: 'sent', requestId, request: shown })
  }

  routed(reason: RouteReason): void {
    this.#parts.lines.write({ type: 'routed', atMs: this.now(), reason })
  }

  sends(sending: Sending): void {
    const { redactor } = this.#parts
    // What was made for this request alone, such as a token that was fetched, is known from here on.
    redactor.add(madeSecrets(sending.credentials))
    const request = showSending(sending, redactor, Math.min(this.#bytesLeft, shownBytesMax))
    this.#bytesLeft -= request.body?.content.length ?? 0
    this.#attempt(sending, request, sending.isConverted, sending.dropped)
  }

  sent({ status, error, reason, message }: SendOutcome): void {
    this.#told = error instanceof UpstreamFailure ? error.gatewayError : error
    this.#attemptEnded(status, reason ?? reasonOf(this.#told), message ?? sentenceOf(this.#told))
  }

  targetFailed(target: Asked, error: unknown): void {
    if (error === this.#told) return
    this.#told = error
    this.#attempt(target, null, false, [])
    this.#attemptEnded(null, reasonOf(error), sentenceOf(error))
  }

  ended(ending: Ending): void {
    const { lines, redactor } = this.#parts
    const { status, error, answeredBy, dropped, firstTokenMs, usage } = ending
    const { exchange } = this
    lines.write({
      type: 'end',
      atMs: this.now(),
      status,
      errorSource: error?.source ?? (ending.isServicesFault ? 'upstream' : null),
      errorCode: error?.code ?? null,
      firstTokenMs,
      usage: { ...usage },
      answeredBy: answeredBy && redactor.text(answeredBy),
      finishReason: exchange?.finish.reason ?? null,
      isBroken: exchange !== null && (exchange.isBroken || (exchange.hasBegunWell && status >= 500)),
      dropped: [...dropped],
    })
    lines.close()
  }

  #attempt(
    { service, model }: Asked,
    request: ShownRequest | null,
    isConverted: boolean,
    dropped: readonly string[],
  ): void {
    const { lines } = this.#parts
    const index = this.#attempts
    const { id, name } = service
    const told = { service: { id, name }, model, request, isConverted, dropped: [...dropped] }
    lines.write({ type: 'attempt', atMs: this.now(), index, ...told })
  }

  #attemptEnded(status: number | null, reason: string | null, message: string | null): void {
    const { lines, redactor } = this.#parts
    const index = this.#attempts
    this.#attempts += 1
    const said = message && redactor.text(message)
    lines.write({ type: 'attempt-ended', atMs: this.now(), index, status, reason, message: said })
  }
}

function reasonOf(error: unknown): string | null {
  if (error === null) return null
  if (error instanceof TargetDeclined) return 'answered_error'
  return error instanceof GatewayError && error.code in gatewayErrors ? error.code : 'internal_error'
}

/** Nothing of what was not made to be read. */
function sentenceOf(error: unknown): string | null {
  return error instanceof GatewayError ? error.publicMessage : null
}
