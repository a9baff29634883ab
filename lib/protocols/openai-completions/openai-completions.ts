import type { ChatCodec } from '@/lib/protocols/codec.ts'
import { openaiChat } from '@/lib/protocols/openai-chat/openai-chat.ts'
import { readCompletionRequest } from './read-request.ts'
import { CompletionStreamWriter } from './stream-writer.ts'
import { writeCompletionReply } from './write-reply.ts'
import { writeCompletionRequest } from './write-request.ts'

/** OpenAI's `/v1/completions`, whose answers and errors are read as those of chat are. */
export const openaiCompletions: ChatCodec = {
  ...openaiChat,
  format: 'openai-completions',
  readRequest: readCompletionRequest,
  writeRequest: writeCompletionRequest,
  writeReply: writeCompletionReply,
  streamWriter: (context, dropped) => new CompletionStreamWriter(context, dropped),
}
