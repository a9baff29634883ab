import * as z from 'zod'
import { argumentPieces, complete, type FakeCompletion, type FakeTurn } from '../fake-completion.ts'
import {
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  type FakeReply,
  type Refusal,
  type RefusalAnswer,
  readBody,
} from '../provider-fake.ts'

const tool = z.strictObject({
  Type: z.literal('function'),
  Function: z.strictObject({
    Name: z.string().min(1),
    Description: z.string().optional(),
    Parameters: z.string(),
  }),
})

/** https://cloud.tencent.com/document/api/1729/105701, version 2023-09-01. */
const schema = z.strictObject({
  Model: z.string().min(1),
  Messages: z
    .array(
      z.strictObject({
        Role: z.enum(['system', 'user', 'assistant', 'tool']),
        Content: z.string().optional(),
        Contents: z
          .array(
            z.strictObject({
              Type: z.enum(['text', 'image_url']),
              Text: z.string().optional(),
              ImageUrl: z.strictObject({ Url: z.string() }).optional(),
            }),
          )
          .optional(),
        ToolCallId: z.string().optional(),
        ToolCalls: z
          .array(
            z.strictObject({
              Id: z.string(),
              Type: z.literal('function'),
              Function: z.strictObject({ Name: z.string(), Arguments: z.string() }),
              Index: z.int().optional(),
            }),
          )
          .optional(),
      }),
    )
    .min(1)
    .max(40),
  Stream: z.boolean().optional(),
  TopP: z.number().min(0).max(1).optional(),
  Temperature: z.number().min(0).max(2).optional(),
  Seed: z.int().min(1).max(10_000).optional(),
  Stop: z.array(z.string()).optional(),
  Tools: z.array(tool).optional(),
  ToolChoice: z.enum(['none', 'auto', 'custom']).optional(),
  CustomTool: tool.optional(),
  EnableThinking: z.boolean().optional(),
})
type Body = z.infer<typeof schema>

export interface HunyuanShape {
  readonly models: readonly string[]
  isAuthorized(call: FakeCall): boolean
}

/** `ChatCompletions` of Tencent Cloud API 3.0: action and version are headers, the path is always `/`. */
export function hunyuanChat({ models, isAuthorized }: HunyuanShape): FakeOperation {
  return {
    method: 'POST',
    path: /^\/$/,
    isAuthorized,
    refuse: tencentRefusal,
    answer: (call) => {
      if (call.headers['x-tc-action'] !== 'ChatCompletions') {
        throw new FakeRefusal('path', 'InvalidAction')
      }
      if (call.headers['x-tc-version'] !== '2023-09-01') throw new FakeRefusal('path', 'NoSuchVersion')
      const body = readBody(schema, call)
      refuseDisorder(body.Messages)
      if (!models.includes(body.Model)) throw new FakeRefusal('model', 'Model not exist')
      return reply(body)
    },
  }
}

/** The system may speak first only, and neither user nor assistant twice in a row. */
function refuseDisorder(messages: Body['Messages']): void {
  for (const [index, { Role }] of messages.entries()) {
    if (index > 0 && Role === 'system')
      throw new FakeRefusal('body', 'messages 中 system 角色必须位于列表的最开始')
    if (Role !== 'tool' && Role === messages[index - 1]?.Role) {
      throw new FakeRefusal('body', 'messages 中 user 和 assistant 需要交替出现')
    }
  }
}

const codes: Readonly<Record<Refusal['kind'], string>> = {
  path: 'InvalidAction',
  method: 'UnsupportedProtocol',
  key: 'AuthFailure.SignatureFailure',
  forbidden: 'AuthFailure.UnauthorizedOperation',
  body: 'InvalidParameter',
  model: 'InvalidParameterValue.Model',
  rate: 'RequestLimitExceeded',
  failure: 'InternalError',
}

/** Errors come with status 200. A message that is one of Tencent's codes is told as such. */
function tencentRefusal({ kind, message }: Refusal): RefusalAnswer {
  const code = message.startsWith('AuthFailure.') ? message : codes[kind]
  return {
    status: 200,
    body: { Response: { Error: { Code: code, Message: message }, RequestId: requestId } },
  }
}

const requestId = '0f6e1c2a-8a3b-4f51-9f0e-6d7c1b9f2e11'
const note = '以上内容为AI生成，不代表开发者立场，请勿删除或修改本标记'

function reply(body: Body): FakeReply {
  const completion = complete(turnOf(body))
  const usage = { ...completion.usage, cached: 0, reasoning: 0 }
  if (body.Stream !== true) {
    const failure = { Response: { ErrorMsg: { Msg: 'failed', Code: 4001 }, RequestId: requestId } }
    return { json: { Response: toJson(completion) }, usage, failure }
  }
  return {
    contentType: 'text/event-stream',
    frames: chunksOf(completion).map(frame),
    filler: frame(chunk(completion, { Role: 'assistant', Content: 'more ' }, '')),
    failure: frame({
      Created: 1_760_000_000,
      ErrorMsg: { Msg: 'The engine has failed.', Code: 4001 },
      Id: 'f1',
    }),
    usage,
  }
}

function turnOf(body: Body): FakeTurn {
  const last = body.Messages.at(-1)
  return {
    model: body.Model,
    prompt: last?.Content ?? '',
    messages: body.Messages.length,
    text: body.Messages.map(({ Content }) => Content ?? '').join(' '),
    tools: (body.Tools ?? []).map(({ Function: { Name, Parameters } }) => ({
      name: Name,
      parameters: JSON.parse(Parameters),
    })),
    choice:
      body.ToolChoice === 'custom'
        ? { name: body.CustomTool?.Function.Name ?? '' }
        : (body.ToolChoice ?? 'auto'),
    answersTools: last?.Role === 'tool',
    maxTokens: null,
    reasons: body.EnableThinking === true,
  }
}

function head({ usage }: FakeCompletion) {
  return {
    Created: 1_760_000_000,
    Id: '7b5e9b3c-7f2b-4d2f-a0f5-6f3b0c5f8e77',
    Note: note,
    Usage: {
      PromptTokens: usage.input,
      CompletionTokens: usage.output,
      TotalTokens: usage.input + usage.output,
    },
  }
}

function finishReason({ finish }: FakeCompletion): string {
  return finish === 'tool-calls' ? 'tool_calls' : finish
}

function toolCall(id: string, name: string, text: string, index: number) {
  return { Id: `call_${id}`, Type: 'function', Function: { Name: name, Arguments: text }, Index: index }
}

function toJson(completion: FakeCompletion) {
  const { pieces, reasoning, calls } = completion
  const message = {
    Role: 'assistant',
    Content: pieces.join(''),
    ...(reasoning.length > 0 ? { ReasoningContent: reasoning.join('') } : {}),
    ...(calls.length > 0
      ? {
          ToolCalls: calls.map((call, index) =>
            toolCall(call.id, call.name, JSON.stringify(call.arguments), index),
          ),
        }
      : {}),
  }
  const choice = { FinishReason: finishReason(completion), Index: 0, Message: message }
  return { ...head(completion), Choices: [choice], RequestId: requestId, SearchInfo: null }
}

function chunksOf(completion: FakeCompletion): readonly object[] {
  const { pieces, reasoning, calls } = completion
  const delta = (value: object) => chunk(completion, { Role: 'assistant', ...value }, '')
  return [
    ...reasoning.map((text) => delta({ Content: '', ReasoningContent: text })),
    ...pieces.map((text) => delta({ Content: text })),
    ...calls.flatMap((call, index) => [
      delta({ ToolCalls: [toolCall(call.id, call.name, '', index)] }),
      ...argumentPieces(call).map((text) =>
        delta({ ToolCalls: [toolCall(call.id, call.name, text, index)] }),
      ),
    ]),
    chunk(completion, { Role: 'assistant', Content: '' }, finishReason(completion)),
  ]
}

function chunk(completion: FakeCompletion, delta: object, finish: string) {
  return { ...head(completion), Choices: [{ Delta: delta, FinishReason: finish, Index: 0 }] }
}

function frame(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
