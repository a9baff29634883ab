import type { ChatConversion } from '@/lib/protocols/conversion.ts'
import { context } from './read-stream.ts'

/** What a caller gets of a service's stream that comes in these chunks, and the converter that saw it. */
export function convertStream(conversion: ChatConversion, chunks: readonly Buffer[]) {
  const stream = conversion.stream(context)
  const sent = [...chunks.map((chunk) => stream.push(chunk)), stream.end()]
  return { stream, text: Buffer.concat(sent.flatMap((bytes) => bytes ?? [])).toString() }
}
