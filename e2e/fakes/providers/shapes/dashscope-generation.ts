import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { argumentPieces, complete, type FakeCompletion } from '../fake-completion.ts'
import {
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  type FakeReply,
  hasBearer,
  jsonObject,
  pathPattern,
  type Refusal,
  type RefusalAnswer,
  readBody,
} from '../provider-fake.ts'
import { textOf } from './openai-chat-request.ts'

const functionCall = z.strictObject({
  id: z.string(),
  type: z.literal('function'),
  index: z.int().optional(),
  function: z.strictObject({ name: z.string(), arguments: z.string() }),
})

function schemaOf(content: z.ZodType) {
  return z.strictObject({
    model: z.string().min(1),
    input: z.strictObject({
      messages: z
        .array(
          z.strictObject({
            role: z.enum(['system', 'user', 'assistant', 'tool']),
            content,
            tool_calls: z.array(functionCall).optional(),
            tool_call_id: z.string().optional(),
            name: z.string().optional(),
            reasoning_content: z.string().optional(),
          }),
        )
        .min(1),
    }),
    parameters: z
      .strictObject({
        result_format: z.enum(['text', 'message']).optional(),
        incremental_output: z.boolean().optional(),
        max_tokens: z.int().min(1).optional(),
        temperature: z.number().min(0).max(2).optional(),
        top_p: z.number().min(0).max(1).optional(),
        top_k: z.int().optional(),
        presence_penalty: z.number().optional(),
        seed: z.int().optional(),
        stop: z.union([z.string(), z.array(z.string())]).optional(),
        n: z.int().optional(),
        tools: z.array(z.strictObject({ type: z.literal('function'), function: jsonObject })).optional(),
        tool_choice: z.union([z.enum(['auto', 'none']), jsonObject]).optional(),
        parallel_tool_calls: z.boolean().optional(),
        response_format: jsonObject.optional(),
        enable_thinking: z.boolean().optional(),
        thinking_budget: z.int().optional(),
      })
      .optional(),
  })
}

const item = z.strictObject({
  text: z.string().optional(),
  image: z.string().optional(),
  audio: z.string().optional(),
  video: z.string().optional(),
})
const textSchema = schemaOf(z.string())
const multimodalSchema = schemaOf(z.array(item).min(1))
type Body = z.infer<typeof textSchema>

/** https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope */
export function dashscopeGeneration(kind: 'text' | 'multimodal', models: readonly string[]): FakeOperation {
  return {
    method: 'POST',
    path: pathPattern(`/api/v1/services/aigc/${kind}-generation/generation`),
    isAuthorized: hasBearer,
    refuse: dashscopeRefusal,
    answer: (call) => {
      const body = readBody(kind === 'text' ? textSchema : multimodalSchema, call) as Body
      if (!models.includes(body.model)) throw new FakeRefusal('model', 'Model not exist.')
      return answerOf(body, call, kind)
    },
  }
}

function answerOf(body: Body, call: FakeCall, kind: 'text' | 'multimodal'): FakeReply {
  const completion = complete(turnOf(body))
  const { usage } = completion
  const isStream = call.headers['x-dashscope-sse'] === 'enable'
  if (body.parameters?.result_format !== 'message') {
    throw new FakeRefusal('body', 'Here only the result format "message" is spoken.')
  }
  if (isStream !== (body.parameters.incremental_output === true)) {
    throw new FakeRefusal('body', 'This stand-in streams what is new, and only when both ask for it.')
  }
  const write = (text: string) => (kind === 'text' ? text : text === '' ? [] : [{ text }])
  if (!isStream) return { json: whole(completion, write), usage }
  let number = 0
  const frame = (message: object, reason: string, output: number) =>
    event(++number, { ...head(), ...outputOf(message, reason), usage: usageOf(completion, output) })
  const frames = [
    ...completion.reasoning.map((text) => frame({ ...said(write, ''), reasoning_content: text }, 'null', 1)),
    ...completion.pieces.map((text, at) => frame(said(write, text), 'null', at + 1)),
    ...completion.calls.flatMap((call, index) => [
      frame(calling(write, index, `call_${call.id}`, call.name, ''), 'null', 1),
      ...argumentPieces(call).map((text) => frame(calling(write, index, '', '', text), 'null', 1)),
    ]),
    frame(said(write, ''), finishOf(completion), usage.output),
  ]
  return {
    contentType: 'text/event-stream;charset=UTF-8',
    frames,
    filler: frame(said(write, 'more '), 'null', 1),
    failure: `id:1\nevent:error\n:HTTP_STATUS/500\ndata:${JSON.stringify({ code: 'InternalError', message: 'An internal error has occurred.', request_id: randomUUID() })}\n\n`,
    usage,
  }
}

type Write = (text: string) => unknown

function said(write: Write, text: string) {
  return { role: 'assistant', content: write(text) }
}

function calling(write: Write, index: number, id: string, name: string, text: string) {
  const call = { index, id, type: 'function', function: { name, arguments: text } }
  return { ...said(write, ''), tool_calls: [call] }
}

function outputOf(message: object, reason: string) {
  return { output: { choices: [{ message, finish_reason: reason }] } }
}

function head() {
  return { request_id: '9a8b7c6d-0000-4000-8000-000000000001' }
}

function whole(completion: FakeCompletion, write: Write) {
  const { reasoning, pieces, calls, usage } = completion
  const message = {
    ...said(write, pieces.join('')),
    ...(reasoning.length > 0 ? { reasoning_content: reasoning.join('') } : {}),
    ...(calls.length > 0
      ? {
          tool_calls: calls.map(({ id, name, arguments: given }, index) => ({
            index,
            id: `call_${id}`,
            type: 'function',
            function: { name, arguments: JSON.stringify(given) },
          })),
        }
      : {}),
  }
  return { ...head(), ...outputOf(message, finishOf(completion)), usage: usageOf(completion, usage.output) }
}

function usageOf({ usage }: FakeCompletion, output: number) {
  return {
    input_tokens: usage.input,
    output_tokens: output,
    total_tokens: usage.input + output,
    prompt_tokens_details: { cached_tokens: usage.cached },
    ...(usage.reasoning > 0 ? { output_tokens_details: { reasoning_tokens: usage.reasoning } } : {}),
  }
}

function finishOf({ finish }: FakeCompletion): string {
  return finish === 'tool-calls' ? 'tool_calls' : finish
}

function event(number: number, data: object): string {
  return `id:${number}\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify(data)}\n\n`
}

function turnOf({ model, input, parameters }: Body) {
  const last = input.messages.at(-1)
  const user = input.messages.findLast(({ role }) => role === 'user')
  const choice = parameters?.tool_choice ?? 'auto'
  return {
    model,
    prompt: textOf((user ?? last)?.content),
    messages: input.messages.length,
    text: input.messages.map(({ content }) => textOf(content)).join(' '),
    tools: (parameters?.tools ?? []).map((tool) => ({
      name: String(tool.function['name']),
      parameters: tool.function['parameters'],
    })),
    choice:
      typeof choice === 'string'
        ? choice
        : { name: String((choice['function'] as Record<string, unknown>)['name']) },
    answersTools: last?.role === 'tool',
    maxTokens: parameters?.max_tokens ?? null,
    reasons: parameters?.enable_thinking === true,
  }
}

const errors: Readonly<Record<Refusal['kind'], readonly [number, string]>> = {
  path: [400, 'InvalidParameter'],
  method: [405, 'BadRequest.IllegalMethod'],
  key: [401, 'InvalidApiKey'],
  forbidden: [403, 'AccessDenied.Unpurchased'],
  body: [400, 'InvalidParameter'],
  model: [400, 'ModelNotFound'],
  rate: [429, 'Throttling.RateQuota'],
  failure: [500, 'InternalError'],
}

export function dashscopeRefusal({ kind, message }: Refusal): RefusalAnswer {
  const [status, code] = errors[kind]
  return { status, body: { code, message, request_id: '9a8b7c6d-0000-4000-8000-000000000002' } }
}
