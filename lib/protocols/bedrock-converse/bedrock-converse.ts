import type { ChatReply } from '@/lib/protocols/canonical.ts'
import type { AnswerContext, ChatCodec } from '@/lib/protocols/codec.ts'
import type { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import { objectOf, objectsOf } from '@/lib/protocols/json-reading.ts'
import { ProtocolError } from '@/lib/protocols/protocol-error.ts'
import { readAwsFailure, writeAwsFailure } from './failure.ts'
import { readModelBlock } from './read-blocks.ts'
import { readConverseRequest } from './read-request.ts'
import { stopOf, writeStop } from './stop-reason.ts'
import { ConverseStreamReader } from './stream-reader.ts'
import { ConverseStreamWriter } from './stream-writer.ts'
import { usageOf, writeUsage } from './usage.ts'
import { writeBlocks } from './write-blocks.ts'
import { writeConverseRequest } from './write-request.ts'

/** Amazon Bedrock: Converse, and ConverseStream in AWS event stream messages. */
export const bedrockConverse: ChatCodec = {
  format: 'bedrock-converse',
  framing: 'aws-event-stream',
  readRequest: readConverseRequest,
  writeRequest: writeConverseRequest,
  readReply,
  writeReply,
  readFailure: readAwsFailure,
  writeFailure: writeAwsFailure,
  failureWithin: () => null,
  streamReader: () => new ConverseStreamReader(),
  streamWriter: (_context, dropped) => new ConverseStreamWriter(dropped),
}

/** Converse tells neither an id nor the model. */
function readReply(body: JsonObject): ChatReply {
  const message = objectOf(objectOf(body['output'])['message'])
  if (!Array.isArray(message['content'])) {
    throw new ProtocolError('The answer holds no message.', 'output.message.content')
  }
  const parts = objectsOf(message['content']).flatMap(readModelBlock)
  return {
    id: '',
    model: '',
    createdAt: null,
    choices: [{ index: 0, parts, stop: stopOf(body) }],
    usage: usageOf(body['usage']),
  }
}

function writeReply(reply: ChatReply, _context: AnswerContext, dropped: DroppedFields): JsonObject {
  const [choice, ...more] = reply.choices
  if (more.length > 0) dropped.add('choices[1]')
  const content = (choice?.parts ?? []).flatMap((part) => writeBlocks(part, dropped))
  const body: JsonObject = { output: { message: { role: 'assistant', content } } }
  if (choice?.stop) Object.assign(body, writeStop(choice.stop))
  if (reply.usage !== null) body['usage'] = writeUsage(reply.usage, dropped)
  return body
}
