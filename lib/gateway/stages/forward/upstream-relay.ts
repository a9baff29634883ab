import type { Duplex } from 'node:stream'
import { refusal } from '@/lib/gateway/error.ts'
import type { AnswerProducer } from '@/lib/gateway/exchange.ts'
import { grpcErrorTrailers, grpcStatusOf } from '@/lib/gateway/grpc-error.ts'
import { fieldOf, type RawFields } from '@/lib/gateway/raw-fields.ts'
import type { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import type { DeadlineWaiter } from '@/lib/gateway/stages/forward/deadline.ts'
import type { Forwarding } from '@/lib/gateway/stages/forward/forwarding.ts'
import {
  callerHeaders,
  callerTrailers,
  interimHeaders,
} from '@/lib/gateway/stages/forward/response-headers.ts'
import { AnswerDeclined, UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'
import { RequestRefused } from '@/lib/gateway/upstream/http2/request-refused.ts'
import type { UpstreamHandler } from '@/lib/gateway/upstream/upstream.ts'

/** The caller left; the upstream is cancelled and nobody is answered. */
class CallerGone extends Error {
  override readonly name = 'CallerGone'
}

/** One for all: nobody reads where it came from, and callers leave often. */
const callerGone = new CallerGone()

const earlyHints = 103
/** More are dropped: no back-pressure holds an instance that sends nothing else. */
const earlyHintsMax = 32
/** What gRPC says for 503, with status 200. */
const grpcUnavailable = '14'

/** Longer answers, when nobody wants them, cost more than a new connection. */
const discardedBytesMax = 16_384

/**
 * The byte path: the upstream calls in, the exchange is written in the same tick, and back-pressure goes the other
 * way by pausing the upstream.
 */
export class UpstreamRelay implements UpstreamHandler, AnswerProducer, DeadlineWaiter {
  readonly done: Promise<void>
  readonly #forwarding: Forwarding
  readonly #attempt: Attempt
  #resolve: () => void = () => {}
  #reject: (error: Error) => void = () => {}
  #abort: ((reason: Error) => void) | null = null
  #resume: (() => void) | null = null
  #stopReason: Error | null = null
  #isSettled = false
  #isDiscarding = false
  #hints = 0

  constructor(forwarding: Forwarding, attempt: Attempt) {
    this.#forwarding = forwarding
    this.#attempt = attempt
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    const { exchange, deadline } = forwarding
    exchange.producer = this
    deadline.waiter = this
    if (exchange.gone) this.#stop(callerGone)
    else if (deadline.hasPassed) this.#stop(this.#deadlineError())
  }

  callerGone(): void {
    this.#stop(callerGone)
  }

  callerDrained(): void {
    this.#resume?.()
  }

  deadlinePassed(): void {
    this.#stop(this.#deadlineError())
  }

  onConnect(abort: (reason: Error) => void): void {
    this.#abort = abort
    if (this.#stopReason !== null) abort(this.#stopReason)
  }

  onHeaders(status: number, raw: RawFields, resume: () => void, statusMessage: string): void {
    if (status < 200) {
      this.#informed(status, raw)
      return
    }
    const { exchange, observation, deadline, route } = this.#forwarding
    const retryAfter = status === 429 || status === 503 ? fieldOf(raw, 'retry-after') : null
    const grpcStatus = route.request.headers.isGrpc ? fieldOf(raw, 'grpc-status') : null
    const isUnavailable = grpcStatus === grpcUnavailable
    if (!this.#attempt.takes(isUnavailable ? 503 : status, retryAfter)) {
      this.#decline(status, raw)
      return
    }
    this.#resume = resume
    const answer = callerHeaders(raw, observation.requestId)
    // Beyond this point a stream may last as long as it likes; an answer of known length may not.
    if (!answer.hasLength) deadline.answerBegan()
    observation.answerBegan(status, answer.contentType, answer.isEncoded)
    observation.grpcEnded(grpcStatus)
    exchange.start(status, statusMessage, answer.headers)
  }

  onData(chunk: Buffer): boolean {
    if (this.#isDiscarding) return true
    this.#forwarding.observation.chunkRelayed(chunk)
    return this.#forwarding.exchange.write(chunk)
  }

  onComplete(trailers: RawFields | null): void {
    if (this.#isDiscarding) return
    const { exchange, observation, route } = this.#forwarding
    if (route.request.headers.isGrpc && trailers !== null) {
      observation.grpcEnded(fieldOf(trailers, 'grpc-status'))
    }
    exchange.end(callerTrailers(trailers ?? []))
    this.#settle(null)
  }

  onUpgrade(_status: number, raw: RawFields, upstream: Duplex): void {
    const { exchange, observation, runtime, deadline } = this.#forwarding
    deadline.clear()
    this.#attempt.takes(101, null)
    const { headers } = callerHeaders(raw, observation.requestId)
    observation.answerBegan(101, '', false)
    const onClosed = (bytes: { in: number; out: number }) => {
      observation.bytesRelayed(bytes)
      this.#settle(null)
    }
    const { clientIdleMs: idleMs } = runtime.limits
    try {
      exchange.switchProtocols?.({ headers, upstream, idleMs, onClosed })
    } catch (error) {
      upstream.destroy()
      this.onError(error instanceof Error ? error : new Error('The upgrade failed.', { cause: error }))
    }
  }

  onError(error: Error): void {
    if (this.#isSettled) return
    const { exchange, observation } = this.#forwarding
    if (error instanceof CallerGone) {
      observation.callerLeft()
      this.#settle(null)
    } else if (exchange.started) {
      this.#attempt.brokeOff(error)
      observation.answerBroke()
      if (this.#forwarding.route.request.headers.isGrpc) this.#endCall(error)
      else exchange.destroy()
      this.#settle(null)
    } else {
      this.#settle(new UpstreamFailure(error, this.#abort !== null && !(error instanceof RequestRefused)))
    }
  }

  /** A gRPC call that broke off can say why: a status other than OK voids what came before. */
  #endCall(error: Error): void {
    const { exchange, observation } = this.#forwarding
    const { gatewayError } = new UpstreamFailure(error, true)
    observation.grpcStatus = grpcStatusOf(gatewayError.code)
    exchange.end(grpcErrorTrailers(gatewayError))
  }

  /** Early hints pass; what else is interim concerns this hop alone. */
  #informed(status: number, raw: RawFields): void {
    const { exchange } = this.#forwarding
    if (status === earlyHints && this.#hints < earlyHintsMax && !exchange.started && !exchange.gone) {
      this.#hints += 1
      exchange.inform(status, interimHeaders(raw))
    }
  }

  /** Another instance answers instead. A short answer is read to its end, which keeps its connection. */
  #decline(status: number, raw: RawFields): void {
    const failure = new AnswerDeclined(status)
    this.#isDiscarding = true
    this.#settle(new UpstreamFailure(failure, true))
    const bytes = Number(fieldOf(raw, 'content-length') ?? Number.NaN)
    if (!(bytes <= discardedBytesMax)) this.#abort?.(failure)
  }

  /** Also before there is a connection, when there is nothing to abort yet. */
  #stop(reason: Error): void {
    if (this.#isSettled || this.#stopReason !== null) return
    this.#stopReason = reason
    if (this.#abort === null) this.onError(reason)
    else this.#abort(reason)
  }

  #deadlineError(): Error {
    const { body, deadline } = this.#forwarding
    // The instance is not to blame for what its caller would not wait for.
    if (deadline.isCallers) return refusal('request_timed_out', "The call's deadline has passed.")
    return body === null || Buffer.isBuffer(body) || body.readableEnded
      ? refusal('upstream_timed_out', 'The service did not answer in time.')
      : refusal('request_timed_out', 'The request did not arrive in time.')
  }

  #settle(error: Error | null): void {
    if (this.#isSettled) return
    this.#isSettled = true
    const { exchange, deadline } = this.#forwarding
    exchange.producer = null
    deadline.waiter = null
    if (error === null) this.#resolve()
    else this.#reject(error)
  }
}
