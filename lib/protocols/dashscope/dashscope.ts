import type { ChatReply, Choice } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, ChatCodec } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { dashscopeFailureWithin, readDashscopeFailure, writeDashscopeFailure } from './failure.ts'
import { finishReasonOf, stopOf } from './finish-reason.ts'
import { readAssistant } from './read-parts.ts'
import { readDashscopeRequest } from './read-request.ts'
import { DashscopeStreamReader } from './stream-reader.ts'
import { DashscopeStreamWriter } from './stream-writer.ts'
import { usageOf, writeUsage } from './usage.ts'
import { writeMessages } from './write-messages.ts'
import { writeDashscopeRequest } from './write-request.ts'

/** Model Studio's own format: text generation and multimodal generation. Streams are asked for by `X-DashScope-SSE`. */
export const dashscope: ChatCodec = {
  format: 'dashscope',
  framing: 'sse',
  readRequest: readDashscopeRequest,
  writeRequest: writeDashscopeRequest,
  readReply,
  writeReply,
  readFailure: readDashscopeFailure,
  writeFailure: writeDashscopeFailure,
  failureWithin: dashscopeFailureWithin,
  streamReader: () => new DashscopeStreamReader(),
  streamWriter: (context, dropped) => new DashscopeStreamWriter(context, dropped),
}

function readReply(body: JsonObject): ChatReply {
  return {
    id: textOf(body['request_id']) ?? '',
    model: '',
    createdAt: null,
    choices: readChoices(objectOf(body['output'])),
    usage: usageOf(body['usage']),
  }
}

function readChoices(output: JsonObject): readonly Choice[] {
  const choices = objectsOf(output['choices'])
  const text = textOf(output['text'])
  if (choices.length === 0 && text === null) {
    throw new ProtocolError('The answer holds no choices.', 'output.choices')
  }
  if (choices.length === 0) {
    const stop = stopOf(output['finish_reason'])
    return [{ index: 0, parts: [{ type: 'text', text: text ?? '' }], stop }]
  }
  return choices.map((choice, position) => ({
    index: numberOf(choice['index']) ?? position,
    parts: readAssistant(objectOf(choice['message'])),
    stop: stopOf(choice['finish_reason']),
  }))
}

function writeReply(reply: ChatReply, context: AnswerContext, dropped: DroppedFields): JsonObject {
  if (reply.choices.some((choice) => choice.stop?.sequence != null)) dropped.add('stop_sequence')
  const choices = reply.choices.map(({ index, parts, stop }) => ({
    index,
    message: writeMessages([{ role: 'assistant', parts }], dropped)[0],
    finish_reason: stop === null ? 'null' : finishReasonOf(stop.reason),
  }))
  const body: JsonObject = { output: { choices }, request_id: reply.id || context.requestId }
  if (reply.usage !== null) body['usage'] = writeUsage(reply.usage)
  return body
}
