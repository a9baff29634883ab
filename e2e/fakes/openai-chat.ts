import * as z from 'zod'
import { type Answer, answerTo, split } from './answer.ts'
import { type Exchange, sendEvents, sendJson } from './exchange.ts'
import { splitModel } from './faults.ts'
import { content, parseBody, textOf } from './request-body.ts'
import { chooseTool, type ToolCall } from './tool-call.ts'

const tool = z.object({
  type: z.literal('function'),
  function: z.looseObject({ name: z.string().min(1), parameters: z.unknown().optional() }),
})
const namedTool = z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) })

const chatRequest = z.looseObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
        content: content.nullish(),
      }),
    )
    .min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  n: z.literal(1, 'This server makes one choice.').nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z.union([z.enum(['none', 'auto', 'required']), namedTool]).nullish(),
})
type ChatRequest = z.infer<typeof chatRequest>

interface Completion {
  readonly id: string
  readonly model: string
  readonly answer: Answer
  readonly call: ToolCall | null
}

/** `POST /v1/chat/completions`: JSON, or server-sent events ended by `[DONE]`. */
export async function openaiChat(exchange: Exchange): Promise<void> {
  const body = parseBody(chatRequest, exchange.body)
  const completion = complete(body)
  if (body.stream !== true) return sendJson(exchange, toJson(completion))
  await sendEvents(exchange, toEvents(completion, body.stream_options?.include_usage === true))
}

function complete(body: ChatRequest): Completion {
  const { model } = splitModel(body.model)
  const last = body.messages.at(-1)
  const prompt = textOf(last?.content)
  const answer = answerTo(prompt, {
    model,
    messages: body.messages.length,
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? null,
    allText: body.messages.map((message) => textOf(message.content)).join(' '),
  })
  const call = last?.role === 'tool' ? null : toolCall(body, prompt)
  return { id: `chatcmpl-${crypto.randomUUID()}`, model: body.model, answer, call }
}

function toolCall(body: ChatRequest, prompt: string): ToolCall | null {
  const choice = body.tool_choice ?? 'auto'
  if (choice === 'none') return null
  const tools = (body.tools ?? []).map((entry) => ({
    name: entry.function.name,
    parameters: entry.function.parameters,
  }))
  return chooseTool(tools, prompt, typeof choice === 'object' ? choice.function.name : choice === 'required')
}

function usage({ answer, call }: Completion) {
  const output = call === null ? answer.pieces.length : split(JSON.stringify(call.arguments)).length
  return {
    prompt_tokens: answer.promptTokens,
    completion_tokens: output,
    total_tokens: answer.promptTokens + output,
  }
}

function toJson(completion: Completion) {
  const { answer, call } = completion
  const message =
    call === null
      ? { role: 'assistant', content: answer.pieces.join('') }
      : { role: 'assistant', content: null, tool_calls: [openaiCall(call, JSON.stringify(call.arguments))] }
  return {
    ...head(completion, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(completion) }],
    usage: usage(completion),
  }
}

function* toEvents(completion: Completion, includeUsage: boolean): Generator<string> {
  const base = {
    ...head(completion, 'chat.completion.chunk'),
    ...(includeUsage ? { usage: null } : {}),
  }
  const chunk = (delta: object, finish: string | null = null) =>
    event({ ...base, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })
  yield chunk({ role: 'assistant', content: '' })
  for (const delta of deltas(completion)) yield chunk(delta)
  const last = includeUsage ? event({ ...base, choices: [], usage: usage(completion) }) : ''
  yield `${chunk({}, finishReason(completion))}${last}data: [DONE]\n\n`
}

function* deltas({ answer, call }: Completion): Generator<object> {
  if (call === null) {
    for (const piece of answer.pieces) yield { content: piece }
    return
  }
  yield { tool_calls: [{ index: 0, ...openaiCall(call, '') }] }
  for (const piece of split(JSON.stringify(call.arguments))) {
    yield { tool_calls: [{ index: 0, function: { arguments: piece } }] }
  }
}

function openaiCall(call: ToolCall, text: string) {
  return { id: `call_${call.id}`, type: 'function', function: { name: call.name, arguments: text } }
}

function finishReason({ answer, call }: Completion): string {
  return call === null ? answer.finishReason : 'tool_calls'
}

function head({ id, model }: Completion, object: string) {
  return { id, object, created: Math.floor(Date.now() / 1000), model }
}

function event(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
