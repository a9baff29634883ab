import { GatewayError } from '@/lib/gateway/error.ts'
import type { RawFields } from '@/lib/gateway/raw-fields.ts'
import { convertedStreamHeaders, relayedHeaders } from '@/lib/gateway/stages/model-call/answer-fields.ts'
import type { AnswerOutlet, AnswerSink } from '@/lib/gateway/stages/model-call/answer-sink.ts'
import { droppedHeader } from '@/lib/gateway/stages/model-call/dropped-header.ts'
import { FailureSink } from '@/lib/gateway/stages/model-call/failure-sink.ts'
import type { ModelCall } from '@/lib/gateway/stages/model-call/model-call.ts'
import { StreamSink } from '@/lib/gateway/stages/model-call/stream-sink.ts'
import { isHtml } from '@/lib/gateway/stages/model-call/tell-failure.ts'
import { WholeSink } from '@/lib/gateway/stages/model-call/whole-sink.ts'
import { RelayedSink } from '@/lib/gateway/stages/relay-operation/relayed-sink.ts'

const none = Buffer.alloc(0)
const notModified = 304

/** What is to become of an answer, by its head. Null: it has been refused. */
export function chooseSink(
  call: ModelCall,
  outlet: AnswerOutlet,
  status: number,
  raw: RawFields,
): AnswerSink | null {
  const { prepared, context, notes } = call
  const answer = relayedHeaders(raw, context.requestId)
  const { contentType } = answer
  if (prepared.relayed !== undefined && (status < 300 || status === notModified)) {
    return new RelayedSink(call, outlet, answer)
  }
  if (status >= 300 || isHtml(contentType, none)) return new FailureSink(outlet, status, contentType)
  if (answer.isEncoded) {
    outlet.refuse(badAnswer('The service sent a compressed answer, though it was asked not to.'))
    return null
  }
  notes.dropped = prepared.dropped
  const judge = prepared.reading.texts === undefined ? null : (call.judgeReply?.() ?? null)
  const read = isStream(call, contentType) ? prepared.reading.stream(context, judge) : null
  if (read === null) return new WholeSink(call, outlet, answer, judge)
  if (prepared.reading.isRelay) return new StreamSink(call, outlet, read, answer)
  const headers = convertedStreamHeaders(droppedHeader(prepared.dropped), context.requestId)
  return new StreamSink(call, outlet, read, { headers, contentType, hasLength: false })
}

/** A service that was asked for a stream may answer in one piece, and has its reasons when it is an error. */
function isStream({ prepared }: ModelCall, contentType: string): boolean {
  if (/^text\/event-stream|^application\/vnd\.amazon\.eventstream/i.test(contentType)) return true
  return prepared.isStream && !/^application\/(?:[\w.-]+\+)?json/i.test(contentType)
}

function badAnswer(message: string): GatewayError {
  return new GatewayError('upstream_bad_answer', message)
}
