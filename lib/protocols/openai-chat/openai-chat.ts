import type { ChatCodec } from '@/lib/protocols/codec.ts'
import { openAiFailureWithin, readOpenAiFailure, writeOpenAiFailure } from './failure.ts'
import { readOpenAiReply } from './read-reply.ts'
import { readOpenAiRequest } from './read-request.ts'
import { OpenAiStreamReader } from './stream-reader.ts'
import { OpenAiStreamWriter } from './stream-writer.ts'
import { writeOpenAiReply } from './write-reply.ts'
import { writeOpenAiRequest } from './write-request.ts'

/** OpenAI's `/v1/chat/completions`, read with the liberties that those who took it over take. */
export const openaiChat: ChatCodec = {
  format: 'openai-chat',
  framing: 'sse',
  readRequest: readOpenAiRequest,
  writeRequest: writeOpenAiRequest,
  readReply: readOpenAiReply,
  writeReply: writeOpenAiReply,
  readFailure: readOpenAiFailure,
  writeFailure: writeOpenAiFailure,
  failureStatus: ({ kind, status }) => (kind === 'quota' ? 429 : status === 529 ? 503 : status),
  failureWithin: openAiFailureWithin,
  streamReader: () => new OpenAiStreamReader(),
  streamWriter: (context, dropped) => new OpenAiStreamWriter(context, dropped),
}
