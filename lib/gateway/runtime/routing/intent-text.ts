import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'

/** What a request asks for: the texts of the last message of its user, or its prompt. Empty where there are none. */
export function intentTextOf(body: JsonObject, format: CallerFormat | null): string {
  if (format === null || format === 'openai-completions') return textOf(body['prompt'])
  if (format === 'openai-embeddings') return ''
  const { messages } = body
  if (!Array.isArray(messages)) return ''
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const message: unknown = messages[at]
    if (!isJsonObject(message) || message['role'] !== 'user') continue
    const text = textOf(message['content'])
    // Of Anthropic, what tools answered is a message of the user too.
    if (text !== '') return text
  }
  return ''
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .flatMap((part: unknown) => {
      if (typeof part === 'string') return [part]
      if (!isJsonObject(part) || part['type'] !== 'text') return []
      return typeof part['text'] === 'string' ? [part['text']] : []
    })
    .join('\n')
}
