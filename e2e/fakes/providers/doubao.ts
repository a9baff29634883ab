import * as z from 'zod'
import { openAiProvider, refuseBy } from './shapes/openai-provider.ts'

/** https://www.volcengine.com/docs/82379/1494384 */
export const doubaoFake = openAiProvider({
  id: 'doubao',
  basePath: '/api/v3',
  key: 'a1b2c3d4-0000-4000-8000-000000000001',
  wrongKey: 'a1b2c3d4-0000-4000-8000-999999999999',
  models: ['doubao-seed-1-6-250615', 'doubao-seed-1-6-thinking-250715'],
  embeddingModel: 'doubao-embedding-text-240715',
  listsModels: false,
  anthropicPath: '/api/compatible/v1/messages',
  chat: {
    streamUsage: 'last-chunk-on-request',
    fields: {
      thinking: z.strictObject({ type: z.enum(['enabled', 'disabled', 'auto']) }).optional(),
      service_tier: z.enum(['auto', 'default']).optional(),
      reasoning_effort: z.enum(['minimal', 'low', 'medium', 'high']).optional(),
    },
    without: ['n', 'seed', 'user'],
    reasons: ({ model }) => model.includes('thinking'),
  },
  refuse: refuseBy({
    path: [404, 'InvalidAction', 'NotFound'],
    method: [405, 'InvalidAction', 'BadRequest'],
    key: [401, 'AuthenticationError', 'Unauthorized'],
    forbidden: [403, 'AccessDenied', 'Forbidden'],
    body: [400, 'InvalidParameter', 'BadRequest'],
    model: [404, 'InvalidEndpointOrModel.NotFound', 'NotFound'],
    rate: [429, 'RateLimitExceeded.EndpointRPMExceeded', 'TooManyRequests'],
    failure: [500, 'InternalServiceError', 'InternalServerError'],
  }),
})
