import * as z from 'zod'
import { awsEvent } from '../aws-event.ts'
import { argumentPieces, complete, type FakeCompletion, type FakeTurn } from '../fake-completion.ts'
import {
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  type FakeReply,
  jsonObject,
  type Refusal,
  type RefusalAnswer,
  readBody,
} from '../provider-fake.ts'

const cachePoint = z.strictObject({ cachePoint: z.strictObject({ type: z.literal('default') }) })
const text = z.strictObject({ text: z.string().min(1) })
const image = z.strictObject({
  image: z.strictObject({ format: z.enum(['png', 'jpeg', 'gif', 'webp']), source: jsonObject }),
})
const toolUseId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const block = z.union([
  text,
  image,
  cachePoint,
  z.strictObject({ document: jsonObject }),
  z.strictObject({ toolUse: z.strictObject({ toolUseId, name: z.string().min(1), input: jsonObject }) }),
  z.strictObject({
    toolResult: z.strictObject({
      toolUseId,
      content: z.array(z.union([text, image, z.strictObject({ json: jsonObject })])).min(1),
      status: z.enum(['success', 'error']).optional(),
    }),
  }),
  z.strictObject({ reasoningContent: jsonObject }),
])

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html: the model is in the path. */
const schema = z.strictObject({
  messages: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.array(block).min(1) }))
    .min(1),
  system: z.array(z.union([text, cachePoint])).optional(),
  inferenceConfig: z
    .strictObject({
      maxTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string().min(1)).optional(),
    })
    .optional(),
  toolConfig: z
    .strictObject({
      tools: z
        .array(
          z.union([
            z.strictObject({
              toolSpec: z.strictObject({
                name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
                description: z.string().min(1).optional(),
                inputSchema: z.strictObject({ json: jsonObject }),
                strict: z.boolean().optional(),
              }),
            }),
            cachePoint,
          ]),
        )
        .min(1),
      toolChoice: z
        .union([
          z.strictObject({ auto: z.strictObject({}) }),
          z.strictObject({ any: z.strictObject({}) }),
          z.strictObject({ tool: z.strictObject({ name: z.string() }) }),
        ])
        .optional(),
    })
    .optional(),
  additionalModelRequestFields: jsonObject.optional(),
  outputConfig: jsonObject.optional(),
})
type Body = z.infer<typeof schema>

export interface ConverseShape {
  readonly models: readonly string[]
  isAuthorized(call: FakeCall): boolean
}

export function converse({ models, isAuthorized }: ConverseShape): readonly FakeOperation[] {
  return (['converse', 'converse-stream'] as const).map((operation) => ({
    method: 'POST',
    path: new RegExp(`^/model/(?<model>[^/]+)/${operation}$`),
    isAuthorized,
    answer: (call) => {
      const model = decodeURIComponent(call.parameters['model'] ?? '')
      if (!models.includes(model)) throw new FakeRefusal('model', 'The provided model identifier is invalid.')
      return reply(readBody(schema, call), model, operation === 'converse-stream')
    },
  }))
}

const statuses: Readonly<Record<Refusal['kind'], number>> = {
  path: 404,
  method: 405,
  key: 403,
  forbidden: 403,
  body: 400,
  model: 400,
  rate: 429,
  failure: 500,
}

/** The type of an error is in a header of AWS; the body holds its message only. */
export function awsRefusal({ kind, message }: Refusal): RefusalAnswer {
  return { status: statuses[kind], body: { message } }
}

function reply(body: Body, model: string, isStream: boolean): FakeReply {
  const completion = complete(turnOf(body, model))
  // Converse tells no tokens of reasoning.
  const usage = { ...completion.usage, reasoning: 0 }
  if (!isStream) return { json: toJson(completion), usage }
  return {
    contentType: 'application/vnd.amazon.eventstream',
    frames: [...toEvents(completion)],
    filler: awsEvent('event', 'contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'more ' } }),
    failure: awsEvent('exception', 'modelStreamErrorException', { message: 'The model has failed.' }),
    usage,
  }
}

function turnOf(body: Body, model: string): FakeTurn {
  const last = body.messages.at(-1)?.content ?? []
  const choice = body.toolConfig?.toolChoice ?? { auto: {} }
  return {
    model,
    prompt: textOf(last),
    messages: body.messages.length,
    text: [...(body.system ?? []), ...body.messages.flatMap(({ content }) => content)]
      .map((part) => ('text' in part ? part.text : ''))
      .join(' '),
    tools: (body.toolConfig?.tools ?? []).flatMap((tool) =>
      'toolSpec' in tool ? [{ name: tool.toolSpec.name, parameters: tool.toolSpec.inputSchema.json }] : [],
    ),
    choice: 'tool' in choice ? choice.tool : 'any' in choice ? 'required' : 'auto',
    answersTools: last.some((part) => 'toolResult' in part),
    maxTokens: body.inferenceConfig?.maxTokens ?? null,
    reasons: body.additionalModelRequestFields?.['thinking'] !== undefined,
  }
}

function textOf(content: ReadonlyArray<z.infer<typeof block>>): string {
  return content.map((part) => ('text' in part ? part.text : '')).join('')
}

function stopReason({ finish }: FakeCompletion): string {
  return { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use' }[finish]
}

/** What was read from a cache stands beside `inputTokens`, not within. */
function usageOf({ usage }: FakeCompletion) {
  return {
    inputTokens: usage.input - usage.cached,
    outputTokens: usage.output,
    totalTokens: usage.input + usage.output,
    cacheReadInputTokens: usage.cached,
    cacheWriteInputTokens: 0,
  }
}

function toJson(completion: FakeCompletion) {
  const { reasoning, pieces, calls } = completion
  const content = [
    ...(reasoning.length > 0
      ? [{ reasoningContent: { reasoningText: { text: reasoning.join(''), signature: 'c2lnbmVk' } } }]
      : []),
    ...(pieces.length > 0 ? [{ text: pieces.join('') }] : []),
    ...calls.map((call) => ({
      toolUse: { toolUseId: `tooluse_${call.id}`, name: call.name, input: call.arguments },
    })),
  ]
  return {
    metrics: { latencyMs: 551 },
    output: { message: { content, role: 'assistant' } },
    stopReason: stopReason(completion),
    usage: usageOf(completion),
  }
}

function* toEvents(completion: FakeCompletion): Generator<Buffer> {
  const { reasoning, pieces, calls } = completion
  yield awsEvent('event', 'messageStart', { p: 'abcd', role: 'assistant' })
  let index = 0
  const delta = (value: object) =>
    awsEvent('event', 'contentBlockDelta', { contentBlockIndex: index, delta: value, p: 'abcdefgh' })
  const stop = () => awsEvent('event', 'contentBlockStop', { contentBlockIndex: index++, p: 'ab' })
  if (reasoning.length > 0) {
    for (const piece of reasoning) yield delta({ reasoningContent: { text: piece } })
    yield delta({ reasoningContent: { signature: 'c2lnbmVk' } })
    yield stop()
  }
  if (pieces.length > 0) {
    for (const piece of pieces) yield delta({ text: piece })
    yield stop()
  }
  for (const call of calls) {
    const toolUse = { toolUseId: `tooluse_${call.id}`, name: call.name }
    yield awsEvent('event', 'contentBlockStart', { contentBlockIndex: index, start: { toolUse } })
    for (const input of argumentPieces(call)) yield delta({ toolUse: { input } })
    yield stop()
  }
  yield awsEvent('event', 'messageStop', { stopReason: stopReason(completion) })
  yield awsEvent('event', 'metadata', { metrics: { latencyMs: 551 }, usage: usageOf(completion) })
}
