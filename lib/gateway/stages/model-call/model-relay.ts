import type { Duplex } from 'node:stream'
import { GatewayError, refusal } from '@/lib/gateway/error.ts'
import type { AnswerProducer } from '@/lib/gateway/exchange.ts'
import { fieldOf, type RawFields } from '@/lib/gateway/raw-fields.ts'
import type { Attempt } from '@/lib/gateway/stages/forward/attempt.ts'
import type { DeadlineWaiter } from '@/lib/gateway/stages/forward/deadline.ts'
import { UpstreamFailure } from '@/lib/gateway/stages/forward/upstream-failure.ts'
import { answerFailure } from '@/lib/gateway/stages/model-call/answer-failure.ts'
import type { AnswerOutlet, AnswerSink, ServiceFailure } from '@/lib/gateway/stages/model-call/answer-sink.ts'
import { chooseSink } from '@/lib/gateway/stages/model-call/choose-sink.ts'
import type { KeyUse } from '@/lib/gateway/stages/model-call/key-use.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import { noteReady } from '@/lib/gateway/stages/model-call/note-ready.ts'
import { answerOver, CallerGone, callerGone } from '@/lib/gateway/stages/model-call/relay-ending.ts'
import { switchProtocols } from '@/lib/gateway/stages/model-call/switch-protocols.ts'
import { TargetDeclined } from '@/lib/gateway/stages/model-call/target-declined.ts'
import { readFailure, tellFailure } from '@/lib/gateway/stages/model-call/tell-failure.ts'
import type { UpstreamHandler } from '@/lib/gateway/upstream/upstream.ts'

/** `declined`: the key was refused, and another one is tried. */
export type RelayOutcome = 'answered' | 'declined'

/** What may follow an answer that is over before its connection costs more than a new one. */
const discardedBytesMax = 16_384

/**
 * One try of a call: takes the service's answer and gives the caller what it may get of it, in the tick in which it
 * arrives; back-pressure goes the other way by pausing the service.
 */
export class ModelRelay implements UpstreamHandler, AnswerProducer, DeadlineWaiter, AnswerOutlet {
  readonly done: Promise<RelayOutcome>
  readonly #call: ModelCall
  readonly #attempt: Attempt
  readonly #key: KeyUse | null
  #resolve: (outcome: RelayOutcome) => void = () => {}
  #reject: (error: Error) => void = () => {}
  #abort: ((reason: Error) => void) | null = null
  #resume: (() => void) | null = null
  #stopReason: Error | null = null
  #sink: AnswerSink | null = null
  #status = 0
  #raw: RawFields = []
  #discarded = 0
  #isSettled = false
  /** The service has said all. */
  #isComplete = false
  #firstPacket: NodeJS.Timeout | undefined

  constructor(call: ModelCall, attempt: Attempt, key: KeyUse | null) {
    this.#call = call
    this.#attempt = attempt
    this.#key = key
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    const { exchange, deadline, firstPacketTimeoutMs } = call
    exchange.producer = this
    deadline.waiter = this
    if (firstPacketTimeoutMs > 0) this.#firstPacket = setTimeout(firstPacketLate, firstPacketTimeoutMs, this)
    if (exchange.gone) this.#stop(callerGone)
    else if (deadline.hasPassed) this.deadlinePassed()
  }

  /** What the service answered; 0 before it does. */
  get status(): number {
    return this.#status
  }

  callerGone(): void {
    this.#stop(callerGone)
  }

  callerDrained(): void {
    this.#resume?.()
  }

  deadlinePassed(): void {
    this.#stop(refusal('upstream_timed_out', 'The service did not answer in time.'))
  }

  firstPacketLate(): void {
    const { firstPacketTimeoutMs } = this.#call
    this.#stop(
      refusal(
        'first_packet_timed_out',
        `The service sent nothing of an answer within ${firstPacketTimeoutMs} ms.`,
      ),
    )
  }

  onConnect(abort: (reason: Error) => void): void {
    this.#abort = abort
    if (this.#stopReason !== null) abort(this.#stopReason)
  }

  onHeaders(status: number, raw: RawFields, resume: () => void): void {
    if (status < 200) return
    this.#status = status
    this.#resume = resume
    this.#raw = raw
    this.#sink = chooseSink(this.#call, this, status, raw)
  }

  onData(chunk: Buffer): boolean {
    if (this.#isSettled) {
      this.#discard(chunk)
      return true
    }
    const hasRoom = this.#sink?.take(chunk) ?? true
    // Of an answer that is over nobody would resume the rest.
    return hasRoom || this.#isSettled
  }

  onComplete(): void {
    this.#isComplete = true
    if (!this.#isSettled) this.#sink?.complete()
  }

  onUpgrade(_status: number, raw: RawFields, upstream: Duplex): void {
    try {
      if (this.#call.prepared.relayed?.isUpgrade !== true) {
        throw new GatewayError('upstream_bad_answer', 'The service switched protocols without being asked.')
      }
      this.#switchProtocols(raw, upstream)
    } catch (error) {
      upstream.destroy()
      this.onError(error instanceof Error ? error : new Error('The upgrade failed.', { cause: error }))
    }
  }

  onError(error: Error): void {
    if (this.#isSettled) return
    const { exchange, observation } = this.#call
    if (error instanceof CallerGone) {
      observation.callerLeft()
      this.#settle('answered')
    } else if (this.#isTold(error)) {
      return
    } else if (exchange.started) {
      this.#brokeOff(error)
      exchange.destroy()
      this.#settle('answered')
    } else {
      this.#unanswered(new UpstreamFailure(error, this.#abort !== null))
    }
  }

  /** What was relayed so far shows the caller, in its own protocol, that there is no more. */
  #isTold(error: Error): boolean {
    const wasStarted = this.#call.exchange.started
    if (error instanceof GatewayError || this.#sink?.broke() !== true) return false
    if (wasStarted && this.#call.notes.failure !== null) this.#brokeOff(error)
    return true
  }

  start(headers: readonly string[]): void {
    const { exchange, observation, deadline, prepared } = this.#call
    clearTimeout(this.#firstPacket)
    this.#attempt.takes(this.#status, null)
    this.#key?.accepted()
    noteReady(this.#call, this.#attempt)
    if (prepared.isStream || prepared.relayed !== undefined) deadline.answerBegan()
    // The usage of what is converted is read by the conversion.
    const contentType = prepared.reading.isRelay ? (fieldOf(headers, 'content-type') ?? '') : ''
    observation.answerBegan(this.#status, contentType, false)
    const { limits } = this.#call.notes
    exchange.start(this.#status, '', limits === null ? [...headers] : limits.addTo(headers))
  }

  write(chunk: Buffer): boolean {
    const { exchange, observation, notes } = this.#call
    notes.answered(chunk)
    notes.limits?.answered(chunk)
    observation.chunkRelayed(chunk)
    return exchange.write(chunk)
  }

  finish(): void {
    if (this.#isSettled) return
    const { exchange, observation, notes, route } = this.#call
    exchange.end(null)
    if (notes.failure === null) this.#key?.succeeded()
    else {
      observation.answerBroke()
      this.#key?.failed(notes.failure.status, notes.failure, null, route.service.fleet.clock.now())
    }
    this.#settle('answered')
  }

  cut(): void {
    this.finish()
    this.#abort?.(answerOver)
  }

  refuse(error: Error): void {
    if (this.#isSettled) return
    if (!isOverload(error)) {
      this.#attempt.takes(502, null)
      this.#key?.unanswered('Answer is none of its protocol')
    }
    this.#settle(error)
    this.#abort?.(answerOver)
  }

  fail(said: ServiceFailure): void {
    if (this.#isSettled) return
    const { clock } = this.#call.route.service.fleet
    const failure = readFailure(this.#call, said)
    const status = said.status >= 400 ? said.status : failure.status >= 400 ? failure.status : 502
    const retryAfter = status === 429 || status === 503 ? fieldOf(this.#raw, 'retry-after') : null
    this.#call.notes.failure = failure
    this.#attempt.takes(status, retryAfter)
    const isKeys = this.#key?.failed(status, failure, retryAfter, clock.now()) ?? false
    if (isKeys && this.#key?.hasNext === true && !this.#call.deadline.hasPassed) {
      this.#call.notes.failure = null
      this.#settle('declined')
      return
    }
    if (this.#call.route.hasNext) {
      this.#settle(new TargetDeclined(status))
      return
    }
    try {
      answerFailure(this.#call, tellFailure(this.#call, said, failure), retryAfter)
      this.#settle('answered')
    } catch (error) {
      this.#settle(error as Error)
    }
  }

  resume(): void {
    this.#resume?.()
  }

  contentCame(): void {
    const { notes, observation } = this.#call
    clearTimeout(this.#firstPacket)
    notes.firstTokenMs = performance.now() - observation.startedAt
  }

  #switchProtocols(raw: RawFields, upstream: Duplex): void {
    this.#attempt.takes(101, null)
    this.#key?.accepted()
    noteReady(this.#call, this.#attempt)
    switchProtocols(this.#call, raw, upstream, () => {
      this.#key?.succeeded()
      this.#settle('answered')
    })
  }

  #brokeOff(error: Error): void {
    this.#attempt.brokeOff(error)
    if (this.#call.notes.failure === null) this.#key?.unanswered('Broke off within an answer')
    this.#call.observation.answerBroke()
  }

  #unanswered(failure: UpstreamFailure): void {
    if (failure.wasSent && failure.told !== null) this.#key?.unanswered(failure.told.reason)
    this.#settle(failure)
  }

  /** What comes behind the end of an answer keeps its connection only where it is short. */
  #discard(chunk: Buffer): void {
    this.#discarded += chunk.length
    if (this.#discarded > discardedBytesMax) this.#abort?.(answerOver)
  }

  /** Also before there is a connection and after the answer, when there is nothing to abort. */
  #stop(reason: Error): void {
    if (this.#isSettled || this.#stopReason !== null) return
    this.#stopReason = reason
    if (this.#abort === null || this.#isComplete) this.onError(reason)
    else this.#abort(reason)
  }

  #settle(outcome: RelayOutcome | Error): void {
    if (this.#isSettled) return
    this.#isSettled = true
    clearTimeout(this.#firstPacket)
    const { exchange, deadline } = this.#call
    exchange.producer = null
    deadline.waiter = null
    this.#sink?.abandoned?.()
    if (outcome instanceof Error) this.#reject(outcome)
    else this.#resolve(outcome)
  }
}

/** Nobody but this node is to blame for it. */
function isOverload(error: Error): boolean {
  return error instanceof GatewayError && error.code === 'overloaded'
}

function firstPacketLate(relay: ModelRelay): void {
  relay.firstPacketLate()
}
