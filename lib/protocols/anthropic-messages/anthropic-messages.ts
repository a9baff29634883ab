import type { ChatCodec } from '@/lib/protocols/codec.ts'
import {
  anthropicFailureWithin,
  anthropicStatusOf,
  readAnthropicFailure,
  writeAnthropicFailure,
} from './failure.ts'
import { readAnthropicReply } from './read-reply.ts'
import { readAnthropicRequest } from './read-request.ts'
import { AnthropicStreamReader } from './stream-reader.ts'
import { AnthropicStreamWriter } from './stream-writer.ts'
import { writeAnthropicReply } from './write-reply.ts'
import { writeAnthropicRequest } from './write-request.ts'

/** Anthropic's `/v1/messages`. */
export const anthropicMessages: ChatCodec = {
  format: 'anthropic-messages',
  framing: 'sse',
  readRequest: readAnthropicRequest,
  writeRequest: writeAnthropicRequest,
  readReply: readAnthropicReply,
  writeReply: writeAnthropicReply,
  readFailure: readAnthropicFailure,
  writeFailure: writeAnthropicFailure,
  failureStatus: anthropicStatusOf,
  failureWithin: anthropicFailureWithin,
  streamReader: () => new AnthropicStreamReader(),
  streamWriter: (context, dropped) => new AnthropicStreamWriter(context, dropped),
}
