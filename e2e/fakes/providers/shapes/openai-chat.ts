import { randomUUID } from 'node:crypto'
import type * as z from 'zod'
import { argumentPieces, complete, type FakeCompletion } from '../fake-completion.ts'
import {
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  type FakeReply,
  hasBearer,
  pathPattern,
  readBody,
} from '../provider-fake.ts'
import { type ChatBody, chatSchema, turnOf } from './openai-chat-request.ts'

/** Where a stream tells its tokens, and when. */
export type StreamUsagePlace =
  /** OpenAI: a last chunk without choices, only when it was asked for; null in the chunks before. */
  | 'last-chunk-on-request'
  /** In the chunk that ends the choice, always. */
  | 'finish-chunk'
  /** Moonshot: in the choice of the chunk that ends it. */
  | 'finish-choice'
  /** In every chunk, growing. */
  | 'every-chunk'
  | 'never'

export interface OpenAiChatShape {
  /** `/v1/chat/completions` */
  readonly path: string
  readonly models: readonly string[]
  /** Fields of the request besides OpenAI's common ones. */
  readonly fields?: z.ZodRawShape
  /** Common fields that this provider refuses. */
  readonly without?: readonly string[]
  readonly streamUsage: StreamUsagePlace
  /** Which models answer with `reasoning_content` first. */
  reasons?(body: ChatBody): boolean
  /** Default: Bearer. */
  isAuthorized?(call: FakeCall): boolean
  /** The model where the body has none that counts. */
  modelOf?(call: FakeCall, body: ChatBody): string
  /** Adds what the provider writes besides, to answers and chunks. */
  decorate?(value: Record<string, unknown>, kind: 'reply' | 'chunk', body: ChatBody): Record<string, unknown>
  /** Before the data of an event. Default: `data: `. */
  readonly dataPrefix?: string
  /** An error in place of an answer of 200. */
  readonly failureReply?: unknown
  /** An error within a stream. */
  readonly failureChunk?: unknown
  readonly hasCachedTokens?: boolean
}

const defaultFailure = {
  error: {
    message: 'The server had an error while processing your request.',
    type: 'server_error',
    param: null,
    code: null,
  },
}

/** Chat as OpenAI has it, with the differences of one provider. */
export function openAiChat(shape: OpenAiChatShape): FakeOperation {
  const schema = chatSchema(shape.fields ?? {}, shape.without ?? [])
  return {
    method: 'POST',
    path: pathPattern(shape.path),
    isAuthorized: shape.isAuthorized ?? hasBearer,
    answer: (call) => {
      const body = readBody(schema, call)
      const model = shape.modelOf?.(call, body) ?? body.model
      if (!shape.models.includes(model)) {
        throw new FakeRefusal(
          'model',
          `The model \`${model}\` does not exist or you do not have access to it.`,
        )
      }
      return new ChatAnswer(shape, { ...body, model }).reply()
    },
  }
}

class ChatAnswer {
  readonly #shape: OpenAiChatShape
  readonly #body: ChatBody
  readonly #completion: FakeCompletion
  readonly #head: { id: string; created: number; model: string }

  constructor(shape: OpenAiChatShape, body: ChatBody) {
    this.#shape = shape
    this.#body = body
    const completion = complete(turnOf(body, shape.reasons?.(body) ?? false))
    const cached = (shape.hasCachedTokens ?? true) ? completion.usage.cached : 0
    this.#completion = { ...completion, usage: { ...completion.usage, cached } }
    this.#head = { id: `chatcmpl-${randomUUID()}`, created: 1_760_000_000, model: body.model }
  }

  reply(): FakeReply {
    const { usage } = this.#completion
    if (this.#body.stream !== true) {
      const { failureReply } = this.#shape
      return { json: this.#json(), usage, ...(failureReply === undefined ? {} : { failure: failureReply }) }
    }
    return {
      contentType: 'text/event-stream',
      frames: [...this.#chunks().map((chunk) => this.#frame(chunk)), this.#data('[DONE]')],
      filler: this.#frame(this.#chunk({ content: 'more ' }, null)),
      failure: this.#data(JSON.stringify(this.#shape.failureChunk ?? defaultFailure)),
      usage: this.#tellsUsage() ? usage : null,
    }
  }

  #tellsUsage(): boolean {
    const { streamUsage } = this.#shape
    if (streamUsage === 'last-chunk-on-request') return this.#body.stream_options?.include_usage === true
    return streamUsage !== 'never'
  }

  #json(): Record<string, unknown> {
    const { pieces, reasoning, calls } = this.#completion
    const message = {
      role: 'assistant',
      content: calls.length > 0 ? null : pieces.join(''),
      ...(reasoning.length > 0 ? { reasoning_content: reasoning.join('') } : {}),
      ...(calls.length > 0
        ? { tool_calls: calls.map((call) => toolCall(call.id, call.name, JSON.stringify(call.arguments))) }
        : {}),
    }
    const choice = { index: 0, message, logprobs: null, finish_reason: this.#finish() }
    const reply = { ...this.#head, object: 'chat.completion', choices: [choice], usage: this.#usage() }
    return this.#decorated(reply, 'reply')
  }

  #chunks(): Record<string, unknown>[] {
    const { pieces, reasoning, calls } = this.#completion
    const chunks = [
      this.#chunk({ role: 'assistant', content: '' }, null),
      ...reasoning.map((text) => this.#chunk({ content: null, reasoning_content: text }, null)),
      ...pieces.map((text) => this.#chunk({ content: text }, null)),
      ...calls.flatMap((call, index) => [
        this.#chunk({ tool_calls: [{ index, ...toolCall(call.id, call.name, '') }] }, null),
        ...argumentPieces(call).map((text) =>
          this.#chunk({ tool_calls: [{ index, function: { arguments: text } }] }, null),
        ),
      ]),
      this.#chunk({}, this.#finish()),
    ]
    if (this.#shape.streamUsage === 'last-chunk-on-request' && this.#tellsUsage()) {
      chunks.push(this.#decorated({ ...this.#chunkHead(), choices: [], usage: this.#usage() }, 'chunk'))
    }
    return chunks
  }

  #chunk(delta: object, finish: string | null): Record<string, unknown> {
    const { streamUsage } = this.#shape
    const isLast = finish !== null
    const choice = {
      index: 0,
      delta,
      finish_reason: finish,
      ...(streamUsage === 'finish-choice' && isLast ? { usage: this.#usage() } : {}),
    }
    const chunk = { ...this.#chunkHead(), choices: [choice] }
    return this.#decorated({ ...chunk, ...this.#chunkUsage(isLast) }, 'chunk')
  }

  #chunkUsage(isLast: boolean): object {
    const { streamUsage } = this.#shape
    if (streamUsage === 'every-chunk') return { usage: isLast ? this.#usage() : this.#usage(1) }
    if (streamUsage === 'finish-chunk') return { usage: isLast ? this.#usage() : null }
    return streamUsage === 'last-chunk-on-request' && this.#tellsUsage() ? { usage: null } : {}
  }

  #chunkHead() {
    return { ...this.#head, object: 'chat.completion.chunk' }
  }

  #finish(): string {
    const { finish } = this.#completion
    return finish === 'tool-calls' ? 'tool_calls' : finish
  }

  #usage(output = this.#completion.usage.output) {
    const { input, cached, reasoning } = this.#completion.usage
    return {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      ...(cached > 0 ? { prompt_tokens_details: { cached_tokens: cached } } : {}),
      ...(reasoning > 0 ? { completion_tokens_details: { reasoning_tokens: reasoning } } : {}),
    }
  }

  #decorated(value: Record<string, unknown>, kind: 'reply' | 'chunk'): Record<string, unknown> {
    return this.#shape.decorate?.(value, kind, this.#body) ?? value
  }

  #frame(chunk: Record<string, unknown>): string {
    return this.#data(JSON.stringify(chunk))
  }

  #data(text: string): string {
    return `${this.#shape.dataPrefix ?? 'data: '}${text}\n\n`
  }
}

function toolCall(id: string, name: string, text: string) {
  return { id: `call_${id}`, type: 'function', function: { name, arguments: text } }
}
