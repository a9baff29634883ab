import type { CallerFormat } from '@/lib/gateway/runtime/model-operations.ts'
import { invalidRequest } from '@/lib/gateway/stages/model-call/parse-body.ts'
import { isJsonObject, type JsonObject } from '@/lib/protocols/json.ts'

/** Where a text stands in a body. */
export interface TextPlace {
  readonly holder: Record<string | number, unknown>
  readonly key: string | number
  readonly text: string
  /** What has to stay valid or was signed can be blocked alone: arguments of tools, and what a model thought. */
  readonly isMaskable: boolean
}

/**
 * The texts of a request in its format, in their order: prompts, messages, what tools are given and what they answer.
 * What is no text, such as an image, is passed over. Throws `invalid_request` on prompts of tokens, which nobody can
 * look at.
 */
export function requestTexts(body: JsonObject, format: CallerFormat): TextPlace[] {
  const texts = new Texts()
  if (format === 'openai-completions') {
    texts.addPrompt(body, 'prompt')
    texts.addText(body, 'suffix')
  } else if (format === 'openai-embeddings') texts.addPrompt(body, 'input')
  else {
    texts.addContent(body, 'system')
    if (Array.isArray(body['messages'])) for (const message of body['messages']) texts.addMessage(message)
  }
  return texts.places
}

class Texts {
  readonly places: TextPlace[] = []

  /** A text, or a list of texts. */
  addPrompt(body: JsonObject, key: string): void {
    const prompt = body[key]
    if (!Array.isArray(prompt)) {
      this.addText(body, key)
      return
    }
    prompt.forEach((item: unknown, index) => {
      if (typeof item === 'string') this.addText(prompt, index)
      else {
        throw invalidRequest(
          `This API looks at the texts of requests. Send \`${key}\` as text, not as tokens.`,
          key,
        )
      }
    })
  }

  addMessage(message: unknown): void {
    if (!isJsonObject(message)) return
    this.addContent(message, 'content')
    this.addText(message, 'refusal')
    this.addText(message, 'reasoning_content')
    this.#addArguments(message['function_call'], 'arguments')
    if (!Array.isArray(message['tool_calls'])) return
    for (const call of message['tool_calls'] as readonly unknown[]) {
      if (!isJsonObject(call)) continue
      this.#addArguments(call['function'], 'arguments')
      this.#addArguments(call['custom'], 'input')
    }
  }

  /** A text, or parts with texts of their own. By a list, because parts may hold parts as deep as somebody writes them. */
  addContent(holder: unknown, key: string): void {
    const open: Array<{ readonly holder: unknown; readonly key: string }> = [{ holder, key }]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (!isJsonObject(next.holder)) continue
      const content: unknown = next.holder[next.key]
      this.addText(next.holder, next.key)
      if (!Array.isArray(content)) continue
      content.forEach((part: unknown, index) => {
        if (typeof part === 'string') this.addText(content, index)
        else if (isJsonObject(part)) this.#addPart(part)
      })
      // The first is taken first.
      for (const part of content.toReversed()) {
        open.push({ holder: part, key: 'content' })
        if (isJsonObject(part)) open.push({ holder: part['source'], key: 'content' })
      }
    }
  }

  addText(holder: unknown, key: string | number, isMaskable = true): void {
    const record = holder as Record<string | number, unknown>
    const text = record[key]
    if (typeof text === 'string' && text !== '') this.places.push({ holder: record, key, text, isMaskable })
  }

  #addPart(part: JsonObject): void {
    for (const key of ['text', 'refusal', 'title', 'context']) this.addText(part, key)
    this.addText(part, 'thinking', false)
    this.#addStrings(part['input'])
    const { source } = part
    if (isJsonObject(source) && source['type'] === 'text') this.addText(source, 'data')
  }

  #addArguments(holder: unknown, key: string): void {
    if (isJsonObject(holder)) this.addText(holder, key, false)
  }

  /** Whatever is written in the input of a tool. */
  #addStrings(input: unknown): void {
    const open: unknown[] = [input]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (typeof next !== 'object' || next === null) continue
      for (const [key, value] of Object.entries(next)) {
        this.addText(next, key, false)
        if (typeof value === 'object') open.push(value)
      }
    }
  }
}
