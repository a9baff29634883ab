import type { ChatReply } from '@/lib/protocols/canonical.ts'
import type { ServiceCodec } from '@/lib/protocols/codec.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { numberOf, objectOf, textOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { readDifyFailure, readErrorEvent } from './failure.ts'
import { DifyChatStreamReader } from './stream-reader.ts'
import { usageOf } from './usage.ts'
import { writeDifyChatRequest } from './write-request.ts'

/** Chats, agents and chatflows of Dify: `/chat-messages`. */
export const difyChat: ServiceCodec = {
  format: 'dify-chat',
  framing: 'sse',
  writeRequest: writeDifyChatRequest,
  readReply,
  readFailure: readDifyFailure,
  failureWithin: (body) => (body['event'] === 'error' ? readErrorEvent(body) : null),
  streamReader: () => new DifyChatStreamReader(),
}

function readReply(body: JsonObject): ChatReply {
  const answer = textOf(body['answer'])
  if (answer === null) throw new ProtocolError('The answer of the application is missing.', 'answer')
  return {
    id: textOf(body['message_id']) ?? '',
    model: '',
    createdAt: numberOf(body['created_at']),
    choices: [
      {
        index: 0,
        parts: answer === '' ? [] : [{ type: 'text', text: answer }],
        stop: { reason: 'end', sequence: null },
      },
    ],
    usage: usageOf(objectOf(body['metadata'])['usage']),
  }
}
