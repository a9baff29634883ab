import * as z from 'zod'
import { openAiProvider, refuseBy } from './shapes/openai-provider.ts'

/** https://platform.moonshot.cn/docs/api/chat */
export const moonshotFake = openAiProvider({
  id: 'moonshot',
  basePath: '/v1',
  key: 'sk-moonshot0001',
  wrongKey: 'sk-moonshot9999',
  models: ['moonshot-v1-8k', 'moonshot-v1-32k', 'moonshot-v1-128k'],
  listsModels: true,
  anthropicPath: '/anthropic/v1/messages',
  chat: {
    streamUsage: 'finish-choice',
    fields: { prompt_cache_key: z.string().optional(), safety_identifier: z.string().optional() },
    without: ['seed', 'user'],
  },
  refuse: refuseBy({
    path: [404, null, 'resource_not_found_error'],
    method: [405, null, 'invalid_request_error'],
    key: [401, null, 'invalid_authentication_error'],
    forbidden: [403, null, 'permission_denied_error'],
    body: [400, null, 'invalid_request_error'],
    model: [404, null, 'resource_not_found_error'],
    rate: [429, null, 'rate_limit_reached_error'],
    failure: [500, null, 'server_error'],
  }),
})
