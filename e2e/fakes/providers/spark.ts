import * as z from 'zod'
import type { ProviderFake } from './provider-fake.ts'
import { openAiProvider, refuseBy } from './shapes/openai-provider.ts'

const sid = 'cha000b0001@dx1905cd86d6bb86d552'
const exhausted = { code: 11_200, message: 'AppIdNoAuthError', sid }

const fake = openAiProvider({
  id: 'spark',
  basePath: '',
  operationsPath: '/v1',
  key: 'SparkPassword:0001abcd',
  wrongKey: 'SparkPassword:9999abcd',
  models: ['4.0Ultra', 'generalv3.5', 'lite'],
  listsModels: false,
  chat: {
    streamUsage: 'finish-chunk',
    fields: { top_k: z.int().min(1).max(6).optional(), suppress_plugin: z.array(z.string()).optional() },
    without: ['n', 'seed', 'parallel_tool_calls'],
    hasCachedTokens: false,
    dataPrefix: 'data:',
    decorate: (value) => ({ code: 0, message: 'Success', sid, ...value }),
    failureReply: exhausted,
    failureChunk: exhausted,
  },
  refuse: refuseBy({
    path: [404, null, 'api_error'],
    method: [405, null, 'api_error'],
    key: [401, null, 'authentication_error'],
    forbidden: [403, '11200', null],
    body: [400, '10005', 'invalid_request_error'],
    model: [400, '10404', 'invalid_request_error'],
    rate: [429, '11202', null],
    failure: [500, '10110', null],
  }),
})

/** https://www.xfyun.cn/doc/spark/HTTP%E8%B0%83%E7%94%A8%E6%96%87%E6%A1%A3.html: keys of both kinds. */
export const sparkFake: ProviderFake = {
  ...fake,
  services: fake.services.flatMap((service) => [
    service,
    { ...service, variant: 'with an APIPassword', key: 'aBcDeFgHiJkLmNoP', wrongKey: 'pOnMlKjIhGfEdCbA' },
  ]),
}
