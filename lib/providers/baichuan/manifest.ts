import { apiKeyForm, pastedPathHint } from '@/lib/domain/manifest-parts.ts'
import type { ProviderManifestSource } from '@/lib/domain/provider-manifest.ts'

export const baichuanManifest: ProviderManifestSource = {
  id: 'baichuan',
  kind: 'model',
  name: { en: 'Baichuan', 'zh-CN': '百川智能' },
  aliases: ['百川', '百川智能', 'baichuan ai'],
  monogram: 'BC',
  protocols: [
    {
      id: 'openai',
      baseUrl: 'https://api.baichuan-ai.com/v1',
      formats: ['openai-chat', 'openai-embeddings'],
    },
  ],
  models: [
    'Baichuan4-Turbo',
    'Baichuan4-Air',
    'Baichuan4',
    'Baichuan3-Turbo',
    'Baichuan3-Turbo-128k',
    'Baichuan2-Turbo',
  ],
  takesKeys: true,
  credentials: [apiKeyForm('sk-…')],
  keyPage: 'https://platform.baichuan-ai.com/console/apikey',
  options: [],
  baseUrlHints: [pastedPathHint],
  listsModels: false,
}
