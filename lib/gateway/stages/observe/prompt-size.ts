import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'

/** Characters of the texts that a request asks with; images, tools and what tools answered are left out. */
export function promptSize(body: JsonObject, format: CallerFormat | null): number {
  if (format === 'openai-embeddings') return sizeOf(body['input'])
  if (format === null || format === 'openai-completions') return sizeOf(body['prompt'])
  const { messages } = body
  let size = sizeOf(body['system'])
  if (!Array.isArray(messages)) return size
  for (const message of messages as readonly unknown[]) {
    if (isJsonObject(message)) size += sizeOf(message['content'])
  }
  return size
}

/** A text, or a list of texts and of parts that have one. */
function sizeOf(content: unknown): number {
  if (typeof content === 'string') return content.length
  if (!Array.isArray(content)) return 0
  let size = 0
  for (const part of content as readonly unknown[]) {
    if (typeof part === 'string') size += part.length
    else if (isJsonObject(part) && typeof part['text'] === 'string') size += part['text'].length
  }
  return size
}
