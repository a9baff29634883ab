import * as z from 'zod'
import { split } from '../../answer.ts'
import { vectorOf } from '../../vector.ts'
import { complete } from '../fake-completion.ts'
import {
  type FakeCall,
  type FakeOperation,
  FakeRefusal,
  hasBearer,
  pathPattern,
  readBody,
} from '../provider-fake.ts'

interface Shape {
  readonly path: string
  readonly models: readonly string[]
  isAuthorized?(call: FakeCall): boolean
  modelOf?(call: FakeCall, model: string): string
}

function knownModel(shape: Shape, call: FakeCall, written: string): string {
  const model = shape.modelOf?.(call, written) ?? written
  if (!shape.models.includes(model)) throw new FakeRefusal('model', `The model \`${model}\` does not exist.`)
  return model
}

const embeddingRequest = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2048)]),
  dimensions: z.int().min(1).max(4096).optional(),
  encoding_format: z.enum(['float', 'base64']).optional(),
  user: z.string().optional(),
})

export function openAiEmbeddings(shape: Shape): FakeOperation {
  return {
    method: 'POST',
    path: pathPattern(shape.path),
    isAuthorized: shape.isAuthorized ?? hasBearer,
    answer: (call) => {
      const body = readBody(embeddingRequest, call)
      const model = knownModel(shape, call, body.model)
      const inputs = [body.input].flat()
      const input = inputs.reduce((sum, text) => sum + split(text).length, 0)
      const data = inputs.map((text, index) => {
        const vector = vectorOf(text, body.dimensions ?? 8)
        const isFloat = body.encoding_format !== 'base64'
        const embedding = isFloat ? vector : Buffer.from(Float32Array.from(vector).buffer).toString('base64')
        return { object: 'embedding', index, embedding }
      })
      return {
        json: { object: 'list', data, model, usage: { prompt_tokens: input, total_tokens: input } },
        usage: { input, output: 0, cached: 0, reasoning: 0 },
      }
    },
  }
}

const completionRequest = z.strictObject({
  model: z.string().min(1),
  prompt: z.union([z.string(), z.array(z.string()).length(1)]),
  max_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  n: z.literal(1).nullish(),
  seed: z.int().nullish(),
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullish(),
  user: z.string().optional(),
})

export function openAiCompletions(shape: Shape): FakeOperation {
  return {
    method: 'POST',
    path: pathPattern(shape.path),
    isAuthorized: shape.isAuthorized ?? hasBearer,
    answer: (call) => {
      const body = readBody(completionRequest, call)
      const model = knownModel(shape, call, body.model)
      const prompt = [body.prompt].flat().join('')
      const asked = { model, prompt, messages: 1, text: prompt, tools: [], choice: 'none' as const }
      const { pieces, finish, usage } = complete({
        ...asked,
        answersTools: false,
        maxTokens: body.max_tokens ?? null,
        reasons: false,
      })
      const told = { ...usage, cached: 0 }
      const head = {
        id: `cmpl-${call.body.length}`,
        object: 'text_completion',
        created: 1_760_000_000,
        model,
      }
      const wireUsage = {
        prompt_tokens: usage.input,
        completion_tokens: usage.output,
        total_tokens: usage.input + usage.output,
      }
      const choice = (text: string, reason: string | null) => ({
        text,
        index: 0,
        logprobs: null,
        finish_reason: reason,
      })
      if (body.stream !== true) {
        return {
          json: { ...head, choices: [choice(pieces.join(''), finish)], usage: wireUsage },
          usage: told,
        }
      }
      const frame = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
      const asksUsage = body.stream_options?.include_usage === true
      return {
        contentType: 'text/event-stream',
        frames: [
          ...pieces.map((text) => frame({ ...head, choices: [choice(text, null)] })),
          frame({ ...head, choices: [choice('', finish)] }),
          ...(asksUsage ? [frame({ ...head, choices: [], usage: wireUsage })] : []),
          'data: [DONE]\n\n',
        ],
        filler: frame({ ...head, choices: [choice('more ', null)] }),
        failure: frame({ error: { message: 'The server had an error.', type: 'server_error', code: null } }),
        usage: asksUsage ? told : null,
      }
    },
  }
}

export function openAiModels(shape: Shape): FakeOperation {
  return {
    method: 'GET',
    path: pathPattern(shape.path),
    isAuthorized: shape.isAuthorized ?? hasBearer,
    answer: () => ({
      json: {
        object: 'list',
        data: shape.models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'system' })),
      },
      usage: null,
    }),
  }
}
