import * as z from 'zod'
import { complete, type FakeCompletion } from './fake-completion.ts'
import {
  FakeRefusal,
  type FakeReply,
  hasBearer,
  jsonObject,
  type ProviderFake,
  pathPattern,
  type Refusal,
  type RefusalAnswer,
  readBody,
} from './provider-fake.ts'

const appId = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'

/** https://help.aliyun.com/zh/model-studio/agent-application-api-reference */
const schema = z.strictObject({
  input: z
    .strictObject({
      prompt: z.string().min(1).optional(),
      messages: z
        .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
        .min(1)
        .optional(),
      session_id: z.string().optional(),
      image_list: z.array(z.string()).optional(),
      biz_params: jsonObject.optional(),
    })
    .refine(({ prompt, messages }) => prompt !== undefined || messages !== undefined, 'Required: prompt'),
  parameters: z
    .strictObject({
      incremental_output: z.boolean().optional(),
      has_thoughts: z.boolean().optional(),
      flow_stream_mode: z.string().optional(),
    })
    .optional(),
  debug: z.strictObject({}).optional(),
})
type Body = z.infer<typeof schema>

const requestId = '04518f57-2f4f-9c31-b0ba-2ba4d7a0b7c1'
const errors: Readonly<Record<Refusal['kind'], readonly [number, string]>> = {
  path: [404, 'InvalidURL'],
  method: [405, 'InvalidParameter'],
  key: [401, 'InvalidApiKey'],
  forbidden: [403, 'AccessDenied'],
  body: [400, 'InvalidParameter'],
  model: [400, 'InvalidApp'],
  rate: [429, 'Throttling.RateQuota'],
  failure: [500, 'InternalError'],
}

function refuse({ kind, message }: Refusal): RefusalAnswer {
  const [status, code] = errors[kind]
  return { status, body: { code, message, request_id: requestId } }
}

function reply(body: Body, isStream: boolean): FakeReply {
  const completion = answerTo(body)
  const usage = { ...completion.usage, cached: 0, reasoning: 0 }
  if (!isStream) return { json: answerOf(completion, completion.pieces.join(''), 'stop'), usage }
  const isIncremental = body.parameters?.incremental_output === true
  const texts = completion.pieces.map((piece, index) =>
    isIncremental ? piece : completion.pieces.slice(0, index + 1).join(''),
  )
  const last = isIncremental ? '' : completion.pieces.join('')
  return {
    contentType: 'text/event-stream;charset=UTF-8',
    frames: [
      ...texts.map((text, index) => frame(index + 1, answerOf(completion, text, 'null'))),
      frame(texts.length + 1, answerOf(completion, last, 'stop')),
    ],
    filler: frame(99, answerOf(completion, 'more ', 'null')),
    failure: `id:3\nevent:error\n:HTTP_STATUS/500\ndata:${JSON.stringify({
      code: 'InternalError.Algo',
      message: 'The application has failed.',
      request_id: requestId,
    })}\n\n`,
    usage,
  }
}

function answerTo({ input }: Body): FakeCompletion {
  const prompt = input.prompt ?? input.messages?.at(-1)?.content ?? ''
  return complete({
    model: 'qwen-plus',
    prompt,
    messages: input.messages?.length ?? 1,
    text: input.messages?.map(({ content }) => content).join(' ') ?? prompt,
    tools: [],
    choice: 'none',
    answersTools: false,
    maxTokens: null,
    reasons: false,
  })
}

function answerOf({ usage }: FakeCompletion, text: string, finish: string) {
  return {
    output: { text, finish_reason: finish, session_id: 'c274e14a58d9492f9baeffdc003a97c5' },
    usage: { models: [{ model_id: 'qwen-plus', input_tokens: usage.input, output_tokens: usage.output }] },
    request_id: requestId,
  }
}

function frame(id: number, value: unknown): string {
  return `id:${id}\nevent:result\n:HTTP_STATUS/200\ndata:${JSON.stringify(value)}\n\n`
}

export const modelStudioAppFake: ProviderFake = {
  id: 'model-studio-app',
  services: [
    {
      protocol: 'native',
      basePath: '/api/v1',
      options: { appId, region: 'cn-beijing' },
      key: 'sk-good-application-key',
      wrongKey: 'sk-wrong-application-key',
      model: null,
      embeddingModel: null,
    },
  ],
  operations: [
    {
      method: 'POST',
      path: pathPattern('/api/v1/apps/{app}/completion'),
      isAuthorized: hasBearer,
      answer: (call) => {
        const body = readBody(schema, call)
        if (call.parameters['app'] !== appId) throw new FakeRefusal('model', 'Invalid App id')
        return reply(body, call.headers['x-dashscope-sse'] === 'enable')
      },
    },
  ],
  refuse,
}
