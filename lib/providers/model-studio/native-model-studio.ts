import { isMultimodalBody } from '@/lib/protocols/dashscope/write-messages.ts'
import { isJsonObject, type JsonValue } from '@/lib/protocols/json.ts'
import { anthropicRoute } from '@/lib/providers/openai-compatible/create-openai-provider.ts'
import { openAiModelList } from '@/lib/providers/openai-compatible/model-list.ts'
import { joinOpenAiPath, parseServiceBase } from '@/lib/providers/openai-compatible/service-base.ts'
import { type PreparedProvider, ProviderSettingsError, type RouteCall } from '@/lib/providers/provider.ts'

const services = '/api/v1/services'
const streamHeaders = ['x-dashscope-sse', 'enable']
const noHeaders: readonly string[] = []

/** https://www.alibabacloud.com/help/en/model-studio/qwen-api-via-dashscope */
export function prepareNativeModelStudio(
  baseUrl: string,
): Pick<PreparedProvider, 'routes' | 'relay' | 'modelStudioRelay' | 'models'> {
  const typed = parseServiceBase(baseUrl)
  if (/\/(services|compatible-mode|apps)(\/|$)/.test(typed.path)) {
    throw new ProviderSettingsError(
      'baseUrl',
      'Write the host alone, such as https://dashscope.aliyuncs.com.',
    )
  }
  const base = { ...typed, path: typed.path.replace(/\/api\/v1$/, '') }
  const { origin, path } = base
  const compatible = { ...base, path: `${path}/compatible-mode/v1` }
  return {
    routes: [
      {
        format: 'dashscope',
        origin,
        path: (call) =>
          `${path}${services}/aigc/${isMultimodal(call) ? 'multimodal' : 'text'}-generation/generation`,
        headers: ({ stream }) => (stream ? streamHeaders : noHeaders),
        prepareBody: writeContentsAsLists,
      },
      {
        format: 'dashscope-embeddings',
        origin,
        path: () => `${path}${services}/embeddings/text-embedding/text-embedding`,
        headers: () => noHeaders,
        prepareBody: null,
      },
      anthropicRoute({ ...base, path: `${path}/apps/anthropic` }),
    ],
    relay: { origin, path: (openAiPath) => joinOpenAiPath(compatible, openAiPath) },
    modelStudioRelay: { origin, path: (asCalled) => path + asCalled },
    models: openAiModelList(origin, joinOpenAiPath(compatible, '/v1/models')),
  }
}

const multimodalModel = /(?:^|[-.])(?:vl|ocr|audio|omni|asr)(?:[-.\d]|$)|^qvq|^qwen3\.[5-9]-(?:plus|flash)/

/** Models that see and hear have a path of their own, and so have messages with anything but text. */
export function isMultimodal({ model, body }: RouteCall): boolean {
  return multimodalModel.test(model) || isMultimodalBody(body)
}

/** That path takes contents as lists only. */
function writeContentsAsLists(call: RouteCall): void {
  if (!isMultimodal(call)) return
  for (const message of messagesOf(call.body['input'])) {
    if (typeof message['content'] === 'string') message['content'] = [{ text: message['content'] }]
  }
}

function messagesOf(input: JsonValue | undefined) {
  const messages = isJsonObject(input) ? input['messages'] : undefined
  return Array.isArray(messages) ? (messages as readonly JsonValue[]).filter(isJsonObject) : []
}
