import * as z from 'zod'
import type { FakeTurn } from '../fake-completion.ts'
import { jsonObject } from '../provider-fake.ts'

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() })
const imagePart = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string().min(1), detail: z.enum(['auto', 'low', 'high']).optional() }),
})
const filePart = z.strictObject({ type: z.literal('file'), file: jsonObject })
const audioPart = z.strictObject({ type: z.literal('input_audio'), input_audio: jsonObject })
const userContent = z.union([
  z.string(),
  z.array(z.discriminatedUnion('type', [textPart, imagePart, filePart, audioPart])).min(1),
])
const textContent = z.union([z.string(), z.array(textPart).min(1)])

const call = z.strictObject({
  id: z.string().min(1),
  type: z.literal('function'),
  index: z.int().optional(),
  function: z.strictObject({ name: z.string().min(1), arguments: z.string() }),
})

const message = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.enum(['system', 'developer']),
    content: textContent,
    name: z.string().optional(),
  }),
  z.strictObject({ role: z.literal('user'), content: userContent, name: z.string().optional() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: textContent.nullish(),
    tool_calls: z.array(call).min(1).optional(),
    reasoning_content: z.string().nullish(),
    refusal: z.string().nullish(),
    name: z.string().optional(),
  }),
  z.strictObject({ role: z.literal('tool'), content: textContent, tool_call_id: z.string().min(1) }),
])

const tool = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
    description: z.string().optional(),
    parameters: jsonObject.optional(),
    strict: z.boolean().nullish(),
  }),
})

/** The fields of OpenAI's chat that providers of its shape share. */
const chatFields = {
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  n: z.int().min(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  user: z.string().optional(),
  tools: z.array(tool).min(1).optional(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: z.string() }) }),
    ])
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  response_format: jsonObject.optional(),
}

/** OpenAI's own. */
export const openAiOnlyFields = {
  reasoning_effort: z.enum(['minimal', 'low', 'medium', 'high']).nullish(),
  logit_bias: z.record(z.string(), z.number()).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  store: z.boolean().nullish(),
  service_tier: z.string().nullish(),
}

const common = z.strictObject(chatFields)
export type ChatBody = z.infer<typeof common>

/** `stream_options` may only be set with `stream`, as everywhere. */
export function chatSchema(fields: z.ZodRawShape, without: readonly string[]): z.ZodType<ChatBody> {
  const shape = Object.fromEntries(
    Object.entries({ ...chatFields, ...fields }).filter(([name]) => !without.includes(name)),
  )
  return z.strictObject(shape).refine((body) => body['stream_options'] == null || body['stream'] === true, {
    error: "'stream_options' is only allowed when 'stream' is enabled.",
  }) as unknown as z.ZodType<ChatBody>
}

export function turnOf(body: ChatBody, reasons: boolean): FakeTurn {
  const last = body.messages.at(-1)
  const users = body.messages.filter(({ role }) => role === 'user')
  const choice = body.tool_choice ?? 'auto'
  return {
    model: body.model,
    prompt: textOf((users.at(-1) ?? last)?.content),
    messages: body.messages.length,
    text: body.messages.map(({ content }) => textOf(content)).join(' '),
    tools: (body.tools ?? []).map((entry) => ({
      name: entry.function.name,
      parameters: entry.function.parameters,
    })),
    choice: typeof choice === 'object' ? { name: choice.function.name } : choice,
    answersTools: last?.role === 'tool',
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? null,
    reasons,
  }
}

export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part) => (typeof part?.text === 'string' ? part.text : '')).join('')
}
