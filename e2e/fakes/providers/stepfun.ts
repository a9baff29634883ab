import { openAiProvider, refuseBy } from './shapes/openai-provider.ts'

/** https://platform.stepfun.com/docs/api-reference/chat/chat-completion-create */
export const stepFunFake = openAiProvider({
  id: 'stepfun',
  basePath: '',
  operationsPath: '/v1',
  key: 'StepKey0001abcdefghijklmnop',
  wrongKey: 'StepKey9999abcdefghijklmnop',
  models: ['step-1-8k', 'step-2-16k'],
  listsModels: true,
  anthropicPath: '/v1/messages',
  chat: { streamUsage: 'finish-chunk', without: ['seed', 'user', 'parallel_tool_calls'] },
  refuse: refuseBy({
    path: [404, null, 'not_found'],
    method: [405, null, 'method_not_allowed'],
    key: [401, null, 'invalid_api_key'],
    forbidden: [403, null, 'permission_denied'],
    body: [400, null, 'request_params_invalid'],
    model: [404, null, 'model_not_found'],
    rate: [429, null, 'rate_limited'],
    failure: [500, null, 'server_error'],
  }),
})
