import * as z from 'zod'
import type { Refusal, RefusalAnswer } from './provider-fake.ts'
import { openAiProvider } from './shapes/openai-provider.ts'

const errors: Readonly<Record<Refusal['kind'], readonly [number, string]>> = {
  path: [404, '404'],
  method: [405, '405'],
  key: [401, '1000'],
  forbidden: [403, '1220'],
  body: [400, '1210'],
  model: [400, '1211'],
  rate: [429, '1302'],
  failure: [500, '500'],
}

function refuse({ kind, message }: Refusal): RefusalAnswer {
  const [status, code] = errors[kind]
  return { status, body: { error: { code, message } } }
}

/** https://open.bigmodel.cn/dev/api/normal-model/glm-4 */
export const zhipuFake = openAiProvider({
  id: 'zhipu',
  basePath: '/api/paas/v4',
  key: '0123456789abcdef0123456789abcdef.AbCdEfGhIjKlMnOp',
  wrongKey: '0123456789abcdef0123456789abcdef.ZyXwVuTsRqPoNmLk',
  models: ['GLM-4-Flash', 'GLM-4-Plus', 'GLM-4-Air'],
  embeddingModel: 'embedding-3',
  listsModels: false,
  anthropicPath: '/api/anthropic/v1/messages',
  chat: {
    streamUsage: 'finish-chunk',
    fields: {
      do_sample: z.boolean().optional(),
      thinking: z.strictObject({ type: z.enum(['enabled', 'disabled']) }).optional(),
      request_id: z.string().optional(),
      user_id: z.string().optional(),
    },
    without: ['n', 'seed', 'user', 'presence_penalty', 'frequency_penalty', 'parallel_tool_calls'],
  },
  refuse,
})
