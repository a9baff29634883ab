import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const miniMaxManifest: ProviderManifestSource = {
  id: 'minimax',
  kind: 'model',
  name: { en: 'MiniMax', 'zh-CN': 'MiniMax' },
  aliases: ['稀宇', '海螺', 'abab', 'hailuo'],
  monogram: 'MM',
  protocols: [
    { id: 'openai', baseUrl: 'https://api.minimaxi.com/v1', formats: ['openai-chat', 'anthropic-messages'] },
  ],
  models: ['abab6.5s', 'abab6.5g', 'abab6.5t', 'abab5.5s'],
  takesKeys: true,
  credentials: [apiKeyForm('')],
  keyPage: 'https://platform.minimaxi.com/user-center/basic-information/interface-key',
  options: [
    {
      name: 'reasoningSplit',
      label: { en: 'Separate reasoning', 'zh-CN': '分离思考内容' },
      help: {
        en: 'Asks for reasoning beside the answer instead of <think> within it, unless the caller decides.',
        'zh-CN': '让思考内容与回答分开返回，而不是以 <think> 混在回答中；调用方指定时以调用方为准。',
      },
      kind: 'switch',
      default: 'true',
    },
  ],
  baseUrlHints: [pastedPathHint],
  listsModels: false,
}
