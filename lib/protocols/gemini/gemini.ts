import type { ChatCodec } from '@/lib/protocols/codec.ts'
import { googleFailureWithin, readGoogleFailure, writeGoogleFailure } from './failure.ts'
import { readGeminiReply } from './read-reply.ts'
import { readGeminiRequest } from './read-request.ts'
import { GeminiStreamReader } from './stream-reader.ts'
import { GeminiStreamWriter } from './stream-writer.ts'
import { writeGeminiReply } from './write-reply.ts'
import { writeGeminiRequest } from './write-request.ts'

/** Gemini API and Vertex AI: `generateContent` and `streamGenerateContent?alt=sse`. */
export const gemini: ChatCodec = {
  format: 'gemini',
  framing: 'sse',
  readRequest: readGeminiRequest,
  writeRequest: writeGeminiRequest,
  readReply: readGeminiReply,
  writeReply: writeGeminiReply,
  readFailure: readGoogleFailure,
  writeFailure: writeGoogleFailure,
  failureWithin: googleFailureWithin,
  streamReader: () => new GeminiStreamReader(),
  streamWriter: (context, dropped) => new GeminiStreamWriter(context, dropped),
}
