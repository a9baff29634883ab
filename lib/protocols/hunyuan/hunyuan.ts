import type { ChatReply, Part } from '@/lib/protocols/canonical.ts'
import type { ServiceCodec } from '@/lib/protocols/codec.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, objectsOf, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { hunyuanFailureWithin, readHunyuanFailure } from './failure.ts'
import { HunyuanStreamReader } from './stream-reader.ts'
import { stopReasonOf, usageOf } from './usage.ts'
import { writeHunyuanRequest } from './write-request.ts'

/** Hunyuan's own format: `ChatCompletions` of Tencent Cloud API 3.0. Answers stand in `Response`, streams do not. */
export const hunyuan: ServiceCodec = {
  format: 'hunyuan',
  framing: 'sse',
  writeRequest: writeHunyuanRequest,
  readReply,
  readFailure: readHunyuanFailure,
  failureWithin: (body) => hunyuanFailureWithin(body),
  streamReader: () => new HunyuanStreamReader(),
}

function readReply(body: JsonObject): ChatReply {
  const response = isJsonObject(body['Response']) ? body['Response'] : body
  const choices = objectsOf(response['Choices'])
  if (choices.length === 0) throw new ProtocolError('The answer holds no choices.', 'Response.Choices')
  return {
    id: textOf(response['Id']) ?? '',
    model: '',
    createdAt: numberOf(response['Created']),
    choices: choices.map((choice, position) => {
      const reason = stopReasonOf(choice['FinishReason'])
      return {
        index: numberOf(choice['Index']) ?? position,
        parts: readMessage(objectOf(choice['Message'])),
        stop: reason === null ? null : { reason, sequence: null },
      }
    }),
    usage: usageOf(response['Usage']),
  }
}

function readMessage(message: JsonObject): readonly Part[] {
  const parts: Part[] = []
  const reasoning = textOf(message['ReasoningContent'])
  if (reasoning) parts.push({ type: 'reasoning', text: reasoning, signature: null })
  const text = textOf(message['Content'])
  if (text) parts.push({ type: 'text', text })
  for (const call of objectsOf(message['ToolCalls'])) {
    const details = objectOf(call['Function'])
    parts.push({
      type: 'tool-call',
      id: textOf(call['Id']) ?? '',
      name: textOf(details['Name']) ?? '',
      arguments: textOf(details['Arguments']) ?? '',
    })
  }
  return parts
}
