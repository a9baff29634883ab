import * as z from 'zod'
import { openAiProvider, refuseBy } from './shapes/openai-provider.ts'

/** https://api-docs.deepseek.com/api/create-chat-completion */
export const deepSeekFake = openAiProvider({
  id: 'deepseek',
  basePath: '/v1',
  key: 'sk-d33p5eek0001',
  wrongKey: 'sk-d33p5eek9999',
  models: ['deepseek-chat', 'deepseek-reasoner'],
  listsModels: true,
  anthropicPath: '/anthropic/v1/messages',
  chat: {
    streamUsage: 'finish-chunk',
    fields: {
      thinking: z.strictObject({ type: z.enum(['enabled', 'disabled']) }).optional(),
      logprobs: z.boolean().nullish(),
      top_logprobs: z.int().nullish(),
    },
    without: ['n', 'seed', 'user'],
    reasons: ({ model }) => model === 'deepseek-reasoner',
    decorate: (value) => withCacheCounts(value),
  },
  refuse: refuseBy({
    path: [404, 'invalid_request_error', 'invalid_request_error'],
    method: [405, 'invalid_request_error', 'invalid_request_error'],
    key: [401, 'invalid_request_error', 'authentication_error'],
    forbidden: [403, 'invalid_request_error', 'permission_error'],
    body: [422, 'invalid_request_error', 'invalid_request_error'],
    model: [400, 'invalid_request_error', 'invalid_request_error'],
    rate: [429, 'rate_limit_reached_error', 'rate_limit_reached_error'],
    failure: [500, 'internal_error', 'server_error'],
  }),
})

/** Cached tokens are told twice: OpenAI's way and in fields of its own. */
function withCacheCounts(value: Record<string, unknown>): Record<string, unknown> {
  const usage = value['usage'] as {
    prompt_tokens: number
    prompt_tokens_details?: { cached_tokens: number }
  } | null
  if (usage === null || usage === undefined) return value
  const hit = usage.prompt_tokens_details?.cached_tokens ?? 0
  const counts = { prompt_cache_hit_tokens: hit, prompt_cache_miss_tokens: usage.prompt_tokens - hit }
  return { ...value, usage: { ...usage, ...counts } }
}
