import { describe, expect, test } from 'vitest'
import {
  baseUrlHint,
  checkOptions,
  credentialFormOf,
  fillOptions,
  otherOwnerOf,
  presetBaseUrl,
  whyNotOffered,
} from './provider-form.ts'
import { type ProviderManifest, type ProviderManifestSource, providerManifest } from './provider-manifest.ts'

const words = (text: string) => ({ en: text, 'zh-CN': `${text}（中文）` })

function manifestOf(changes: Partial<ProviderManifestSource> = {}): ProviderManifest {
  return providerManifest.parse({
    id: 'sample',
    kind: 'model',
    name: words('Sample'),
    aliases: [],
    monogram: 'SA',
    protocols: [
      {
        id: 'openai',
        baseUrl: 'https://{region}.example.com/v1',
        baseUrls: [
          { when: { option: 'mode', in: ['mantle'] }, baseUrl: 'https://mantle.{region}.example.com' },
        ],
        formats: ['openai-chat'],
        except: { when: { option: 'mode', in: ['mantle'] }, reason: words('Native only') },
      },
    ],
    models: [],
    takesKeys: true,
    credentials: [],
    keyPage: null,
    options: [
      {
        name: 'mode',
        label: words('Mode'),
        kind: 'select',
        default: 'runtime',
        choices: ['runtime', 'mantle'].map((value) => ({ value, label: words(value) })),
      },
      {
        name: 'region',
        label: words('Region'),
        kind: 'text',
        required: true,
        pattern: { source: '[a-z]{2}-[0-9]|[a-z]{4}', message: words('Write a region') },
      },
      {
        name: 'caching',
        label: words('Caching'),
        kind: 'switch',
        default: 'false',
        when: { option: 'mode', in: ['runtime'] },
      },
    ],
    listsModels: false,
    ...changes,
  })
}

const manifest = manifestOf()

describe('options', () => {
  test('are filled with defaults, cut, and only those that apply', () => {
    expect(fillOptions(manifest, { region: ' eu-1 ', other: 'x' })).toEqual({
      mode: 'runtime',
      region: 'eu-1',
      caching: 'false',
    })
    expect(fillOptions(manifest, { mode: 'mantle', region: 'eu-1', caching: 'true' })).toEqual({
      mode: 'mantle',
      region: 'eu-1',
    })
  })

  test.each([
    [{}, ['region']],
    [{ region: 'nowhere' }, ['region']],
    [{ region: 'eu-1x' }, ['region']],
    [{ region: 'eu-1' }, []],
    [{ region: 'eu-1', mode: 'other' }, ['mode']],
    [{ region: 'eu-1', caching: 'yes' }, ['caching']],
    [{ region: 'eu-1', mode: 'mantle', caching: 'yes' }, []],
  ])('%j have faults in %j', (given, faults) => {
    const issues = checkOptions(manifest, fillOptions(manifest, given))
    expect(issues.map(({ option }) => option)).toEqual(faults)
  })
})

test('a base URL takes options in, and is left to people while one is missing', () => {
  const at = (given: Record<string, string>) =>
    presetBaseUrl(manifest, 'openai', fillOptions(manifest, given))
  expect(at({ region: 'eu-1' })).toBe('https://eu-1.example.com/v1')
  expect(at({ region: 'eu-1', mode: 'mantle' })).toBe('https://mantle.eu-1.example.com')
  expect(at({})).toBe('')
  expect(presetBaseUrl(manifest, 'native', { region: 'eu-1' })).toBe('')
})

test('a protocol says why it is not offered', () => {
  const [protocol] = manifest.protocols
  expect(protocol && whyNotOffered(protocol, { mode: 'mantle' })?.en).toBe('Native only')
  expect(protocol && whyNotOffered(protocol, { mode: 'runtime' })).toBeNull()
})

test('the form of a key follows protocol and options', () => {
  const field = (name: string) => ({ name, label: words(name), kind: 'secret' as const })
  const several = manifestOf({
    credentials: [
      { protocol: 'native', fields: [field('token')] },
      { when: { option: 'mode', in: ['mantle'] }, fields: [field('id'), field('secret')] },
      { fields: [field('key')] },
    ],
  })
  const names = (protocol: 'openai' | 'native', options: Record<string, string>) =>
    credentialFormOf(several, protocol, options)?.fields.map(({ name }) => name)
  expect(names('native', {})).toEqual(['token'])
  expect(names('openai', { mode: 'mantle' })).toEqual(['id', 'secret'])
  expect(names('openai', {})).toEqual(['key'])
  expect(credentialFormOf(manifest, 'openai', {})).toBeNull()
})

test('the first hint that fits a base URL is told', () => {
  const hinted = manifestOf({
    baseUrlHints: [
      { pattern: '/chat$', message: words('Cut it') },
      { pattern: '^http:', message: words('Use TLS') },
    ],
  })
  expect(baseUrlHint(hinted, 'http://x/chat')?.en).toBe('Cut it')
  expect(baseUrlHint(hinted, 'http://x')?.en).toBe('Use TLS')
  expect(baseUrlHint(hinted, 'https://x')).toBeNull()
})

describe('the owner of a key', () => {
  const withPrefix = (id: string, prefix: string | null) =>
    manifestOf({
      id,
      credentials: [{ fields: [{ name: 'key', label: words('Key'), kind: 'secret' }], prefix }],
    })
  const [short, long, twin, none] = [
    withPrefix('short', 'sk-'),
    withPrefix('long', 'sk-ant-'),
    withPrefix('twin', 'sk-'),
    withPrefix('none', null),
  ]
  const all = [short, long, twin, none]

  test('is the one with the longest beginning', () => {
    expect(otherOwnerOf('sk-ant-1', short, all)?.id).toBe('long')
    expect(otherOwnerOf('sk-ant-1', long, all)).toBeNull()
  })

  test('is the one that was chosen, of several with the same beginning', () => {
    expect(otherOwnerOf('sk-1', twin, all)).toBeNull()
    expect(otherOwnerOf('sk-1', short, all)).toBeNull()
  })

  test('is nobody for a key without a known beginning', () => {
    expect(otherOwnerOf('abc', none, all)).toBeNull()
  })
})
