import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { Clock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'

const failuresPerSecondMax = 20

/**
 * A line per request at level debug; otherwise only failures, and of those no more per second than a person
 * can read: a dead upstream under load must not turn the node into a log writer.
 */
export class AccessLog {
  readonly #logger: Logger
  readonly #clock: Clock
  readonly #logsAll: boolean
  #second = 0
  #failuresInSecond = 0
  #unlogged = 0

  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger
    this.#clock = clock
    this.#logsAll = logger.isLevelEnabled('debug')
  }

  write(observation: Observation, durationMs: number): void {
    // The guard logs an overload once; a line per refusal would be part of the load.
    if (observation.status < 500 || observation.error?.code === 'overloaded') {
      if (this.#logsAll) this.#logger.debug(toLine(observation, durationMs), 'request')
      return
    }
    const second = Math.floor(this.#clock.now() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#failuresInSecond = 0
    }
    this.#failuresInSecond += 1
    if (this.#failuresInSecond > failuresPerSecondMax) {
      this.#unlogged += 1
      return
    }
    const line = toLine(observation, durationMs)
    this.#logger.warn(
      this.#unlogged === 0 ? line : { ...line, unloggedBefore: this.#unlogged },
      'request failed',
    )
    this.#unlogged = 0
  }
}

function toLine(observation: Observation, durationMs: number) {
  const { exchange, route, caller, error, model } = observation
  return {
    requestId: observation.requestId,
    side: exchange.side,
    service: route?.service.name ?? model?.service?.name ?? null,
    ...(model !== null && modelFields(observation, model)),
    tokenId: caller?.tokenId ?? null,
    method: exchange.method,
    // Without the query, which may hold secrets.
    path: exchange.target.split('?', 1)[0],
    status: observation.status,
    code: error?.code ?? null,
    cause: error?.cause instanceof Error ? causeText(error.cause) : null,
    durationMs: Math.round(durationMs),
    bytesOut: observation.bytesOut,
  }
}

/** Nothing of what a service said: its words may hold what it was sent. */
function modelFields(observation: Observation, notes: ModelCallNotes) {
  const { input, output } = observation.usage()
  return {
    api: notes.api.name,
    consumer: notes.consumer?.name ?? null,
    model: notes.asked,
    // Which rule, target or intent, by its position.
    routed: notes.reason,
    passedOver: notes.passedOver,
    unjudged: notes.unjudged,
    answeredBy: notes.answeredBy,
    failure: notes.failure?.kind ?? null,
    firstTokenMs: notes.firstTokenMs === null ? null : Math.round(notes.firstTokenMs),
    inputTokens: input,
    outputTokens: output,
  }
}

function causeText(cause: Error): string {
  const code = 'code' in cause && typeof cause.code === 'string' ? ` ${cause.code}` : ''
  return `${cause.name}${code}: ${cause.message}`
}
