import { openAiProvider } from './shapes/openai-provider.ts'

/** https://platform.lingyiwanwu.com/docs */
export const yiFake = openAiProvider({
  id: 'yi',
  basePath: '/v1',
  key: '0123456789abcdef0123456789abcd01',
  wrongKey: '0123456789abcdef0123456789abcd99',
  models: ['yi-lightning', 'yi-large-fc'],
  listsModels: true,
  chat: { streamUsage: 'every-chunk', without: ['n', 'seed', 'user', 'parallel_tool_calls'] },
})
