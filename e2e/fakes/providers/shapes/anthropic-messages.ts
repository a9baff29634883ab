import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { argumentPieces, complete, type FakeCompletion, type FakeTurn } from '../fake-completion.ts'
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

const cacheControl = jsonObject.optional()
const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), cache_control: cacheControl })
const source = z.union([
  z.strictObject({ type: z.literal('base64'), media_type: z.string(), data: z.string().min(1) }),
  z.strictObject({ type: z.literal('url'), url: z.string().min(1) }),
])
const image = z.strictObject({ type: z.literal('image'), source, cache_control: cacheControl })
const block = z.discriminatedUnion('type', [
  text,
  image,
  z.strictObject({ type: z.literal('document'), source: jsonObject, title: z.string().optional() }),
  z.strictObject({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: jsonObject }),
  z.strictObject({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: z.union([z.string(), z.array(z.discriminatedUnion('type', [text, image]))]).optional(),
    is_error: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string() }),
  z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() }),
])

/** https://docs.anthropic.com/en/api/messages */
export const anthropicFields = {
  model: z.string().min(1),
  max_tokens: z.int().min(1),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'assistant']),
        content: z.union([z.string().min(1), z.array(block).min(1)]),
      }),
    )
    .min(1),
  system: z.union([z.string(), z.array(text)]).optional(),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  top_k: z.int().min(0).optional(),
  stop_sequences: z.array(z.string()).optional(),
  tools: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
        description: z.string().optional(),
        input_schema: jsonObject,
        eager_input_streaming: z.boolean().nullish(),
        strict: z.boolean().optional(),
        cache_control: cacheControl,
      }),
    )
    .optional(),
  tool_choice: z
    .strictObject({
      type: z.enum(['auto', 'any', 'tool', 'none']),
      name: z.string().optional(),
      disable_parallel_tool_use: z.boolean().optional(),
    })
    .optional(),
  thinking: z
    .strictObject({
      type: z.enum(['enabled', 'disabled', 'adaptive']),
      budget_tokens: z.int().min(1024).optional(),
    })
    .optional(),
  metadata: z.strictObject({ user_id: z.string().optional() }).optional(),
  output_config: jsonObject.optional(),
  output_format: jsonObject.optional(),
}
const schema = z.strictObject(anthropicFields)
type Body = z.infer<typeof schema>

export interface AnthropicShape {
  /** `/v1/messages`, below whatever base. */
  readonly path: string
  readonly models: readonly string[]
  /** Default: Bearer. */
  isAuthorized?(call: FakeCall): boolean
}

export function anthropicMessages(shape: AnthropicShape): FakeOperation {
  return {
    method: 'POST',
    path: pathPattern(shape.path),
    isAuthorized: shape.isAuthorized ?? hasBearer,
    refuse: anthropicRefusal,
    answer: (call) => {
      if (call.headers['anthropic-version'] === undefined) {
        throw new FakeRefusal('body', 'anthropic-version: header is required')
      }
      const body = readBody(schema, call)
      if (!shape.models.includes(body.model)) throw new FakeRefusal('model', `model: ${body.model}`)
      refuseOfModel(body)
      return anthropicReply(body)
    },
  }
}

/** What newer models refuse: two samplers at once, and from Opus 4.7 on any, and a budget for thoughts. */
function refuseOfModel({ model, temperature, top_p, top_k, thinking }: Body): void {
  if (model.startsWith('claude-opus-4-5') && temperature !== undefined && top_p !== undefined) {
    throw new FakeRefusal('body', '`temperature` and `top_p` cannot both be specified for this model.')
  }
  if (!model.startsWith('claude-opus-4-7')) return
  if (temperature !== undefined || top_p !== undefined || top_k !== undefined) {
    throw new FakeRefusal('body', 'temperature, top_p and top_k are not supported by this model.')
  }
  if (thinking !== undefined && thinking.type !== 'adaptive') {
    throw new FakeRefusal('body', `"thinking.type.${thinking.type}" is not supported for this model.`)
  }
}

const errorTypes: Readonly<Record<Refusal['kind'], readonly [number, string]>> = {
  path: [404, 'not_found_error'],
  method: [405, 'invalid_request_error'],
  key: [401, 'authentication_error'],
  forbidden: [403, 'permission_error'],
  body: [400, 'invalid_request_error'],
  model: [404, 'not_found_error'],
  rate: [429, 'rate_limit_error'],
  failure: [500, 'api_error'],
}

export function anthropicRefusal({ kind, message }: Refusal): RefusalAnswer {
  const [status, type] = errorTypes[kind]
  return {
    status,
    body: { type: 'error', error: { type, message }, request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy' },
  }
}

/** `body` as the schema has read it. Also what Bedrock and Vertex answer, whose bodies name no model. */
export function anthropicReply(body: Body): FakeReply {
  const completion = complete(turnOf(body))
  if (body.stream !== true) return { json: toJson(body.model, completion), usage: completion.usage }
  return {
    contentType: 'text/event-stream; charset=utf-8',
    frames: [...toEvents(body.model, completion)],
    filler: event('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'more ' } }),
    failure: event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
    usage: completion.usage,
  }
}

function turnOf(body: Body): FakeTurn {
  const last = body.messages.at(-1)
  const blocks = Array.isArray(last?.content) ? last.content : []
  const choice = body.tool_choice ?? { type: 'auto' }
  return {
    model: body.model,
    prompt: textOf(last?.content),
    messages: body.messages.length,
    text: [body.system, ...body.messages.map(({ content }) => content)].map(textOf).join(' '),
    tools: (body.tools ?? []).map(({ name, input_schema }) => ({ name, parameters: input_schema })),
    choice:
      choice.type === 'tool' ? { name: choice.name ?? '' } : choice.type === 'any' ? 'required' : choice.type,
    answersTools: blocks.some(({ type }) => type === 'tool_result'),
    maxTokens: body.max_tokens,
    reasons: body.thinking?.type === 'enabled' || body.thinking?.type === 'adaptive',
  }
}

function inputUsage({ usage }: FakeCompletion) {
  // Cached tokens stand beside the others here, not among them.
  return {
    input_tokens: usage.input - usage.cached,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: usage.cached,
  }
}

function head(model: string) {
  return { id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model }
}

function stopReason({ finish }: FakeCompletion): string {
  return { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' }[finish]
}

function toJson(model: string, completion: FakeCompletion) {
  const { reasoning, pieces, calls, usage } = completion
  const content = [
    ...(reasoning.length > 0
      ? [{ type: 'thinking', thinking: reasoning.join(''), signature: 'c2lnbmVk' }]
      : []),
    ...(pieces.length > 0 ? [{ type: 'text', text: pieces.join('') }] : []),
    ...calls.map(({ id, name, arguments: input }) => ({ type: 'tool_use', id: `toolu_${id}`, name, input })),
  ]
  return {
    ...head(model),
    content,
    stop_reason: stopReason(completion),
    stop_sequence: null,
    usage: { ...inputUsage(completion), output_tokens: usage.output },
  }
}

function* toEvents(model: string, completion: FakeCompletion): Generator<string> {
  const { reasoning, pieces, calls, usage } = completion
  const start = { ...head(model), content: [], stop_reason: null, stop_sequence: null }
  yield event('message_start', {
    message: { ...start, usage: { ...inputUsage(completion), output_tokens: 1 } },
  })
  let index = 0
  if (reasoning.length > 0) {
    const deltas = reasoning.map((thinking) => ({ type: 'thinking_delta', thinking }))
    const signature = { type: 'signature_delta', signature: 'c2lnbmVk' }
    yield* blockEvents(index++, { type: 'thinking', thinking: '', signature: '' }, [...deltas, signature])
  }
  yield event('ping', {})
  if (pieces.length > 0) {
    yield* blockEvents(
      index++,
      { type: 'text', text: '' },
      pieces.map((piece) => ({ type: 'text_delta', text: piece })),
    )
  }
  for (const call of calls) {
    const deltas = argumentPieces(call).map((piece) => ({ type: 'input_json_delta', partial_json: piece }))
    yield* blockEvents(
      index++,
      { type: 'tool_use', id: `toolu_${call.id}`, name: call.name, input: {} },
      deltas,
    )
  }
  const delta = { stop_reason: stopReason(completion), stop_sequence: null }
  yield event('message_delta', { delta, usage: { output_tokens: usage.output } })
  yield event('message_stop', {})
}

function* blockEvents(index: number, content: object, deltas: readonly object[]): Generator<string> {
  yield event('content_block_start', { index, content_block: content })
  for (const delta of deltas) yield event('content_block_delta', { index, delta })
  yield event('content_block_stop', { index })
}

function event(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
}
