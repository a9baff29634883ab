import * as z from 'zod'
import { type Answer, answerTo, split } from './answer.ts'
import { type Exchange, sendEvents, sendJson } from './exchange.ts'
import { splitModel } from './faults.ts'
import { content, parseBody, textOf } from './request-body.ts'
import { chooseTool, type ToolCall } from './tool-call.ts'

const messagesRequest = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content })).min(1),
  system: content.nullish(),
  stream: z.boolean().nullish(),
  tools: z.array(z.looseObject({ name: z.string().min(1), input_schema: z.unknown().optional() })).nullish(),
  tool_choice: z
    .looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']), name: z.string().optional() })
    .nullish(),
})
type MessagesRequest = z.infer<typeof messagesRequest>

interface Message {
  readonly id: string
  readonly model: string
  readonly answer: Answer
  readonly call: ToolCall | null
}

/** `POST /v1/messages`: JSON, or named server-sent events from `message_start` to `message_stop`. */
export async function anthropicMessages(exchange: Exchange): Promise<void> {
  const body = parseBody(messagesRequest, exchange.body)
  const message = complete(body)
  if (body.stream === true) return sendEvents(exchange, toEvents(message))
  await sendJson(exchange, {
    ...head(message),
    content: [message.call === null ? text(message.answer.pieces.join('')) : toolUse(message.call)],
    stop_reason: stopReason(message),
    usage: { input_tokens: message.answer.promptTokens, output_tokens: outputPieces(message).length },
  })
}

function complete(body: MessagesRequest): Message {
  const { model } = splitModel(body.model)
  const last = body.messages.at(-1)
  const prompt = textOf(last?.content)
  const all = [textOf(body.system), ...body.messages.map((message) => textOf(message.content))]
  const answer = answerTo(prompt, {
    model,
    messages: body.messages.length,
    maxTokens: body.max_tokens,
    allText: all.join(' '),
  })
  return { id: `msg_${crypto.randomUUID()}`, model: body.model, answer, call: toolCall(body, prompt) }
}

function toolCall(body: MessagesRequest, prompt: string): ToolCall | null {
  const choice = body.tool_choice ?? { type: 'auto' }
  const last = body.messages.at(-1)?.content
  const answersTool = Array.isArray(last) && last.some((part) => part.type === 'tool_result')
  if (choice.type === 'none' || answersTool) return null
  const tools = (body.tools ?? []).map((tool) => ({ name: tool.name, parameters: tool.input_schema }))
  return chooseTool(tools, prompt, choice.name ?? choice.type === 'any')
}

function* toEvents(message: Message): Generator<string> {
  const input = message.answer.promptTokens
  const start = { ...head(message), content: [], stop_reason: null }
  const block = message.call === null ? text('') : { ...toolUse(message.call), input: {} }
  yield event('message_start', { message: { ...start, usage: { input_tokens: input, output_tokens: 1 } } }) +
    event('content_block_start', { index: 0, content_block: block }) +
    event('ping', {})
  for (const piece of outputPieces(message)) {
    const delta =
      message.call === null
        ? { type: 'text_delta', text: piece }
        : { type: 'input_json_delta', partial_json: piece }
    yield event('content_block_delta', { index: 0, delta })
  }
  const delta = { stop_reason: stopReason(message), stop_sequence: null }
  yield event('content_block_stop', { index: 0 }) +
    event('message_delta', { delta, usage: { output_tokens: outputPieces(message).length } }) +
    event('message_stop', {})
}

function outputPieces({ answer, call }: Message): readonly string[] {
  return call === null ? answer.pieces : split(JSON.stringify(call.arguments))
}

function stopReason({ answer, call }: Message): string {
  if (call !== null) return 'tool_use'
  return answer.finishReason === 'length' ? 'max_tokens' : 'end_turn'
}

function head({ id, model }: Message) {
  return { id, type: 'message', role: 'assistant', model, stop_sequence: null }
}

function text(value: string) {
  return { type: 'text', text: value }
}

function toolUse(call: ToolCall) {
  return { type: 'tool_use', id: `toolu_${call.id}`, name: call.name, input: call.arguments }
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
}
