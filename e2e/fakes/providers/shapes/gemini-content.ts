import * as z from 'zod'
import { complete, type FakeCompletion, type FakeTurn } from '../fake-completion.ts'
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

const part = z.strictObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
  inlineData: z.strictObject({ mimeType: z.string(), data: z.string() }).optional(),
  fileData: z.strictObject({ mimeType: z.string().optional(), fileUri: z.string() }).optional(),
  functionCall: z
    .strictObject({ id: z.string().optional(), name: z.string(), args: jsonObject.optional() })
    .optional(),
  functionResponse: z
    .strictObject({ id: z.string().optional(), name: z.string(), response: jsonObject })
    .optional(),
})
const parts = z.array(part).min(1)

/** https://ai.google.dev/api/generate-content, which Vertex AI shares: the model is in the path. */
const schema = z.strictObject({
  contents: z.array(z.strictObject({ role: z.enum(['user', 'model']), parts })).min(1),
  systemInstruction: z.strictObject({ role: z.string().optional(), parts }).optional(),
  tools: z
    .array(
      z.strictObject({
        functionDeclarations: z.array(
          z.strictObject({
            name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/),
            description: z.string().optional(),
            parameters: jsonObject.optional(),
          }),
        ),
      }),
    )
    .optional(),
  toolConfig: z
    .strictObject({
      functionCallingConfig: z.strictObject({
        mode: z.enum(['AUTO', 'ANY', 'NONE']),
        allowedFunctionNames: z.array(z.string()).optional(),
      }),
    })
    .optional(),
  generationConfig: z
    .strictObject({
      maxOutputTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(2).optional(),
      topP: z.number().min(0).max(1).optional(),
      topK: z.int().min(1).optional(),
      presencePenalty: z.number().optional(),
      frequencyPenalty: z.number().optional(),
      seed: z.int().optional(),
      stopSequences: z.array(z.string()).max(5).optional(),
      candidateCount: z.int().min(1).max(8).optional(),
      thinkingConfig: z
        .strictObject({
          includeThoughts: z.boolean().optional(),
          thinkingBudget: z.int().optional(),
          thinkingLevel: z.string().optional(),
        })
        .optional(),
      responseMimeType: z.string().optional(),
      responseSchema: jsonObject.optional(),
    })
    .optional(),
  safetySettings: z.array(jsonObject).optional(),
})
type Body = z.infer<typeof schema>

export interface GeminiShape {
  /** What stands before the model: `/v1beta/models/`. */
  readonly pathPrefix: string
  readonly models: readonly string[]
  isAuthorized(call: FakeCall): boolean
}

/** `generateContent`, and `streamGenerateContent` with `alt=sse`. */
export function geminiContent(shape: GeminiShape): readonly FakeOperation[] {
  const prefix = shape.pathPrefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return (['generateContent', 'streamGenerateContent'] as const).map((operation) => ({
    method: 'POST',
    path: new RegExp(`^${prefix}(?<model>[^/:]+):${operation}$`),
    isAuthorized: shape.isAuthorized,
    answer: (call) => {
      const model = decodeURIComponent(call.parameters['model'] ?? '')
      if (!shape.models.includes(model)) {
        throw new FakeRefusal('model', `Publisher Model \`${model}\` was not found.`)
      }
      const isStream = operation === 'streamGenerateContent'
      // Without it Google answers an array of chunks, which is no stream of events.
      if (isStream && call.url.searchParams.get('alt') !== 'sse') throw new FakeRefusal('body', 'alt')
      return reply(readBody(schema, call), model, isStream)
    },
  }))
}

const errors: Readonly<Record<Refusal['kind'], readonly [number, string]>> = {
  path: [404, 'NOT_FOUND'],
  method: [404, 'NOT_FOUND'],
  key: [401, 'UNAUTHENTICATED'],
  forbidden: [403, 'PERMISSION_DENIED'],
  body: [400, 'INVALID_ARGUMENT'],
  model: [404, 'NOT_FOUND'],
  rate: [429, 'RESOURCE_EXHAUSTED'],
  failure: [500, 'INTERNAL'],
}

/** `google.rpc.Status` */
export function googleRefusal({ kind, message }: Refusal): RefusalAnswer {
  const [status, name] = errors[kind]
  return { status, body: { error: { code: status, message, status: name } } }
}

function reply(body: Body, model: string, isStream: boolean): FakeReply {
  const completion = complete(turnOf(body, model))
  const { usage } = completion
  const whole = partsOf(completion)
  if (!isStream) return { json: chunk(model, whole, completion, true), usage }
  const last = whole.length - 1
  const frames = whole.map((one, index) => frame(chunk(model, [one], completion, index === last)))
  return {
    contentType: 'text/event-stream',
    frames,
    filler: frame(chunk(model, [{ text: 'more ' }], completion, false)),
    failure: frame({ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }),
    usage,
  }
}

function turnOf(body: Body, model: string): FakeTurn {
  const last = body.contents.at(-1)?.parts ?? []
  const calling = body.toolConfig?.functionCallingConfig
  const [only] = calling?.allowedFunctionNames ?? []
  return {
    model,
    prompt: textOf(last),
    messages: body.contents.length,
    text: [...(body.systemInstruction?.parts ?? []), ...body.contents.flatMap((content) => content.parts)]
      .map(({ text }) => text ?? '')
      .join(' '),
    tools: (body.tools ?? []).flatMap(({ functionDeclarations }) =>
      functionDeclarations.map(({ name, parameters }) => ({ name, parameters: parameters ?? {} })),
    ),
    choice:
      only !== undefined
        ? { name: only }
        : calling?.mode === 'ANY'
          ? 'required'
          : calling?.mode === 'NONE'
            ? 'none'
            : 'auto',
    answersTools: last.some(({ functionResponse }) => functionResponse !== undefined),
    maxTokens: body.generationConfig?.maxOutputTokens ?? null,
    reasons: body.generationConfig?.thinkingConfig?.includeThoughts === true,
  }
}

function textOf(list: z.infer<typeof parts>): string {
  return list.map(({ text }) => text ?? '').join('')
}

function partsOf({ reasoning, pieces, calls }: FakeCompletion): readonly object[] {
  return [
    ...reasoning.map((text) => ({ text, thought: true })),
    ...pieces.map((text) => ({ text })),
    ...calls.map(({ name, arguments: args }) => ({ functionCall: { name, args } })),
  ]
}

/** Usage grows from chunk to chunk; thoughts are counted beside the candidates' tokens. */
function chunk(model: string, content: readonly object[], completion: FakeCompletion, isLast: boolean) {
  const { usage, finish } = completion
  const written = isLast ? usage.output - usage.reasoning : 1
  return {
    candidates: [
      {
        content: { role: 'model', parts: content },
        ...(isLast ? { finishReason: finish === 'length' ? 'MAX_TOKENS' : 'STOP' } : {}),
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: usage.input,
      candidatesTokenCount: written,
      totalTokenCount: usage.input + written + usage.reasoning,
      cachedContentTokenCount: usage.cached,
      ...(usage.reasoning > 0 ? { thoughtsTokenCount: usage.reasoning } : {}),
    },
    modelVersion: model,
    createTime: '2026-01-05T09:00:00.000000Z',
    responseId: 'mKRbaYvSGL2QmecP',
  }
}

function frame(value: unknown): string {
  return `data: ${JSON.stringify(value)}\r\n\r\n`
}
