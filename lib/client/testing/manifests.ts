import { type ProviderManifest, providerManifest } from '@/lib/domain/provider-manifest.ts'

const both = (text: string) => ({ en: text, 'zh-CN': text })

/** A provider with one key, two protocols and an option that its address needs. */
export const plainManifest: ProviderManifest = providerManifest.parse({
  id: 'plain',
  kind: 'model',
  name: { en: 'Plain', 'zh-CN': '平常' },
  aliases: ['kimi'],
  monogram: 'PL',
  protocols: [
    { id: 'openai', baseUrl: 'https://{region}.plain.example/v1', formats: ['openai-chat'] },
    { id: 'native', baseUrl: 'https://{region}.plain.example', formats: ['plain'] },
  ],
  models: ['plain-1', 'plain-2'],
  takesKeys: true,
  credentials: [{ fields: [{ name: 'key', label: both('Key'), kind: 'secret' }], prefix: 'pl-' }],
  keyPage: null,
  options: [
    {
      name: 'region',
      label: both('Region'),
      kind: 'text',
      default: 'eu',
      required: true,
      pattern: { source: '[a-z]+', message: both('Write a region.') },
    },
  ],
  listsModels: true,
})

/** A provider whose key is a pair in one mode, and that is not asked in OpenAI's protocol in the other. */
export const pairManifest: ProviderManifest = providerManifest.parse({
  id: 'pair',
  kind: 'model',
  name: both('Pair'),
  aliases: [],
  monogram: 'PR',
  protocols: [
    {
      id: 'openai',
      baseUrl: 'https://pair.example/v1',
      formats: ['openai-chat'],
      except: { when: { option: 'mode', in: ['single'] }, reason: both('Only in pairs.') },
    },
    { id: 'native', baseUrl: 'https://pair.example', formats: ['pair'] },
  ],
  models: [],
  takesKeys: true,
  credentials: [
    {
      when: { option: 'mode', in: ['pair'] },
      fields: [
        { name: 'id', label: both('ID'), kind: 'text' },
        { name: 'secret', label: both('Secret'), kind: 'secret' },
        { name: 'session', label: both('Session'), kind: 'secret', required: false },
      ],
    },
    { fields: [{ name: 'document', label: both('Document'), kind: 'json' }] },
  ].map((form) => ({ prefix: null, ...form })),
  keyPage: null,
  options: [
    {
      name: 'mode',
      label: both('Mode'),
      kind: 'select',
      choices: [
        { value: 'pair', label: both('Pair') },
        { value: 'single', label: both('Single') },
      ],
      default: 'pair',
    },
  ],
  listsModels: false,
})

/** A provider that takes address and key from an inference service. */
export const automaticManifest: ProviderManifest = providerManifest.parse({
  id: 'automatic',
  kind: 'model',
  name: both('Automatic'),
  aliases: [],
  monogram: 'AU',
  protocols: [{ id: 'openai', baseUrl: '', formats: ['openai-chat'] }],
  models: [],
  takesKeys: false,
  credentials: [],
  keyPage: null,
  options: [{ name: 'service', label: both('Service'), kind: 'service', required: true }],
  listsModels: true,
})

export const manifests = [plainManifest, pairManifest, automaticManifest]
