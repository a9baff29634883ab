import * as z from 'zod'
import type { Refusal, RefusalAnswer } from './provider-fake.ts'
import type { ChatBody } from './shapes/openai-chat-request.ts'
import { openAiProvider } from './shapes/openai-provider.ts'

const types: Readonly<Record<Refusal['kind'], readonly [number, string]>> = {
  path: [404, 'not_found_error'],
  method: [405, 'bad_request_error'],
  key: [401, 'authorized_error'],
  forbidden: [403, 'permission_error'],
  body: [400, 'bad_request_error'],
  model: [400, 'bad_request_error'],
  rate: [429, 'rate_limit_error'],
  failure: [500, 'server_error'],
}

function refuse({ kind, message }: Refusal): RefusalAnswer {
  const [status, type] = types[kind]
  const error = { type, message, http_code: String(status) }
  return { status, body: { type: 'error', error, request_id: '04f8d2a1c0' } }
}

const success = { status_code: 0, status_msg: '' }

interface Message {
  content?: string | null
  reasoning_content?: string
  reasoning_details?: unknown
}

/** Every answer has `base_resp`. Reasoning is beside the answer when it was asked to be, and inside it otherwise. */
function decorate(
  value: Record<string, unknown>,
  kind: 'reply' | 'chunk',
  body: ChatBody,
): Record<string, unknown> {
  const choices = value['choices'] as Array<{ message?: Message; delta?: Message }>
  for (const { message, delta } of choices) {
    const written = message ?? delta ?? {}
    const text = written.reasoning_content
    if (text === undefined) continue
    if ((body as { reasoning_split?: boolean }).reasoning_split === true) {
      written.reasoning_details = [{ type: 'reasoning.text', format: 'MiniMax-response-v1', index: 0, text }]
    } else {
      delete written.reasoning_content
      written.content = `<think>${text}</think>${written.content ?? ''}`
    }
  }
  return kind === 'reply' ? { ...value, base_resp: success } : value
}

const limited = { id: '', choices: null, base_resp: { status_code: 1002, status_msg: 'rate limit exceeded' } }

/** https://platform.minimaxi.com/document/ChatCompletion */
export const miniMaxFake = openAiProvider({
  id: 'minimax',
  basePath: '/v1',
  key: 'eyJhbGciOiJSUzI1NiJ9.bWluaW1heA.c2lnbmVk',
  wrongKey: 'eyJhbGciOiJSUzI1NiJ9.b3RoZXI.c2lnbmVk',
  models: ['abab6.5s', 'MiniMax-M2'],
  listsModels: false,
  anthropicPath: '/anthropic/v1/messages',
  chat: {
    streamUsage: 'finish-chunk',
    fields: { reasoning_split: z.boolean().optional(), mask_sensitive_info: z.boolean().optional() },
    without: ['seed', 'user', 'presence_penalty', 'frequency_penalty'],
    reasons: ({ model }) => model === 'MiniMax-M2',
    decorate,
    failureReply: limited,
    failureChunk: limited,
  },
  refuse,
})
