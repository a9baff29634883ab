import { gatewayErrors } from '@/lib/gateway/error.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'
import type { KeptRecord } from '@/lib/gateway/stages/observe/record-book.ts'

type Facts = KeptRecord['facts']

const nameMax = 256
const pathMax = 1_024
const methodMax = 32
/** The engine shares the memory of longer texts with those that they were cut from. */
const sharedFrom = 13

/** What is kept of a finished request to a Model API that keeps records. */
export function toRecord(observation: Observation, notes: ModelCallNotes, durationMs: number): KeptRecord {
  const { exchange, error } = observation
  const { api, consumer, service, reason } = notes
  const usage = observation.usage()
  return {
    facts: {
      at: observation.beganAt,
      requestId: own(observation.requestId, 200),
      side: exchange.side,
      clientAddress: notes.clientAddress === null ? null : own(notes.clientAddress, 64),
      modelApiId: api.id,
      consumer: consumer && { id: consumer.id, name: consumer.name },
      service: service && { id: service.id, name: service.name },
      route: notes.route,
      // HTTP/2 takes any word.
      method: own(exchange.method, methodMax),
      path: own(pathOf(exchange.target), pathMax),
      status: observation.status,
      errorSource: errorSourceOf(observation, notes),
      errorCode: error?.code ?? notes.failure?.kind ?? null,
      isStream: notes.isStream,
      modelAsked: ownOrNull(notes.asked),
      modelSent: service && ownOrNull(notes.target?.model ?? notes.asked),
      modelAnswered: ownOrNull(notes.answeredBy),
      routed: reason as Facts['routed'],
      intent: reason?.mode === 'intent' ? (reason.intent ?? '') : notes.intent,
      promptCharacters: notes.promptCharacters,
      attempts: attemptsOf(observation, notes, durationMs),
      bytesIn: exchange.bytesIn,
      bytesOut: observation.bytesOut,
      firstByteMs: observation.firstByteMs === 0 ? null : rounded(observation.firstByteMs),
      firstTokenMs: notes.firstTokenMs === null ? null : rounded(notes.firstTokenMs),
      durationMs: rounded(durationMs),
      inputTokens: usage.input,
      outputTokens: usage.output,
      cachedTokens: usage.cached,
      reasoningTokens: usage.reasoning,
      finishReason: ownOrNull(notes.finishReason),
      dropped: notes.dropped.slice(0, 200).map((name) => own(name, nameMax)),
    },
    content: notes.content,
  }
}

function errorSourceOf({ status, error }: Observation, { failure }: ModelCallNotes): Facts['errorSource'] {
  if (error !== null) return gatewayErrors[error.code].source
  if (status < 400) return failure === null ? null : 'upstream'
  return status === 499 ? 'client' : 'upstream'
}

/** Those that another one followed, and the last. */
function attemptsOf(
  { error, status, startedAt }: Observation,
  { passedOver, target, failure, attemptBeganAt }: ModelCallNotes,
  durationMs: number,
): Facts['attempts'] {
  if (target === null) return []
  const last = {
    service: target.service.name,
    model: target.model,
    status: failure?.status ?? (error === null && status !== 499 ? status : null),
    reason: error?.code ?? failure?.kind ?? (status === 499 ? 'caller_left' : null),
    durationMs: attemptBeganAt === null ? null : rounded(startedAt + durationMs - attemptBeganAt),
  }
  return [...passedOver, last]
}

function pathOf(target: string): string {
  const query = target.indexOf('?')
  return query === -1 ? target : target.slice(0, query)
}

function ownOrNull(text: string | null): string | null {
  return text === null ? null : own(text, nameMax)
}

/** A text that keeps no other one in memory. */
function own(text: string, max: number): string {
  const cut = text.length > max ? text.slice(0, max) : text
  return cut.length < sharedFrom ? cut : Buffer.from(cut).toString()
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10
}
