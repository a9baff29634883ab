import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  baseUrlHint,
  checkOptions,
  credentialFormOf,
  fillOptions,
  otherOwnerOf,
  presetBaseUrl,
  repairedBaseUrl,
} from '@/lib/domain/provider-form.ts'
import { providerManifest } from '@/lib/domain/provider-manifest.ts'
import type { WireFormat } from '@/lib/protocols/codec.ts'
import { embeddingCodecOf, isEmbeddingFormat, serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { providerOf, providers } from './registry.ts'

const modelProviders = [
  'model-studio',
  'bedrock',
  'vertex',
  'azure',
  'openai',
  'openai-compatible',
  'deepseek',
  'doubao',
  'gemini',
  'minimax',
  'moonshot',
  'zhipu',
  'pai-eas',
  'claude',
  'baichuan',
  'yi',
  'hunyuan',
  'stepfun',
  'spark',
]
const agentProviders = ['model-studio-app', 'dify', 'custom-agent']
const manifests = providers.map(({ manifest }) => manifest)
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind).map(({ id }) => id)

test('knows 19 providers of models and 3 of agents', () => {
  expect(modelProviders).toHaveLength(19)
  expect(ofKind('model')).toEqual(expect.arrayContaining(modelProviders))
  expect(ofKind('agent')).toEqual(expect.arrayContaining(agentProviders))
})

test('finds each by its id, and no other', () => {
  for (const provider of providers) expect(providerOf(provider.manifest.id)).toBe(provider)
  expect(providerOf('nobody')).toBeNull()
  expect(providerOf('constructor')).toBeNull()
})

test('has one folder with the same entries for each', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map(({ name }) => name)
  expect(folders.toSorted()).toEqual(manifests.map(({ id }) => id).toSorted())
  for (const folder of folders) {
    for (const entry of ['manifest.ts', 'provider.ts', 'provider.test.ts']) {
      expect(existsSync(path.join(import.meta.dirname, folder, entry)), `${folder}/${entry}`).toBe(true)
    }
  }
})

describe.each(manifests)('$id', (manifest) => {
  test('is plain data that a browser can read', () => {
    expect(providerManifest.parse(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest)
    expect(manifest.monogram).toMatch(/^\p{Lu}[\p{L}\d]{0,2}$/u)
  })

  test('names formats that there are codecs for', () => {
    for (const format of manifest.protocols.flatMap(({ formats }) => formats) as WireFormat[]) {
      const codec = isEmbeddingFormat(format) ? embeddingCodecOf(format) : serviceCodecOf(format)
      expect(codec.format).toBe(format)
    }
  })

  test('has options whose defaults, conditions and patterns hold', () => {
    const names = manifest.options.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { pattern, when } of manifest.options) {
      if (pattern !== null) new RegExp(pattern.source, 'u')
      if (when !== null) expect(names).toContain(when.option)
    }
    const needed = manifest.options.filter(({ required }) => required).map(({ name }) => name)
    const issues = checkOptions(manifest, fillOptions(manifest, {})).map(({ option }) => option)
    expect(needed).toEqual(expect.arrayContaining(issues))
  })

  test('has base URLs that nothing is wrong with, and keys where it takes them', () => {
    const options = fillOptions(manifest, {})
    for (const { id } of manifest.protocols) {
      const baseUrl = presetBaseUrl(manifest, id, options)
      if (baseUrl !== '') expect(baseUrlHint(manifest, baseUrl), baseUrl).toBeNull()
    }
    const forms = manifest.protocols.map(({ id }) => credentialFormOf(manifest, id, options))
    expect(forms.some((form) => form !== null)).toBe(manifest.takesKeys)
  })
})

describe('recognises', () => {
  const owner = (key: string, id: string) => {
    const manifest = providerOf(id)?.manifest
    if (manifest === undefined) throw new Error(id)
    return otherOwnerOf(key, manifest, manifests)?.id ?? null
  }

  test.each([
    ['sk-ant-api03-abc', 'openai', 'claude'],
    ['sk-ant-api03-abc', 'openai-compatible', 'claude'],
    ['AIzaSyA0000', 'deepseek', 'gemini'],
    ['sk-proj-abc', 'moonshot', 'openai'],
  ])('%s in a service of %s as a key of %s', (key, id, other) => {
    expect(owner(key, id)).toBe(other)
  })

  test.each([
    ['sk-proj-abc', 'openai'],
    ['sk-ant-api03-abc', 'claude'],
    ['sk-abc', 'deepseek'],
    ['token-abc123', 'openai-compatible'],
    ['AIzaSyA0000', 'gemini'],
  ])('%s as a key that %s may have', (key, id) => {
    expect(owner(key, id)).toBeNull()
  })

  test.each([
    ['https://api.openai.com/v1/chat/completions', 'openai', 'Paste the base, not the path'],
    ['http://10.0.0.7/v1/messages', 'openai-compatible', 'Paste the base, not the path'],
    ['https://res.openai.azure.com', 'azure', 'api-version'],
    ['https://open.bigmodel.cn', 'zhipu', '/api/paas/v4'],
  ])('what is wrong with %s for %s', (baseUrl, id, words) => {
    const manifest = providerOf(id)?.manifest
    expect(manifest && baseUrlHint(manifest, baseUrl)?.en).toContain(words)
  })
})

test.each([
  ['openai', 'https://api.openai.com/v1/chat/completions', 'https://api.openai.com/v1'],
  ['openai-compatible', 'http://10.0.0.7/v1/messages/', 'http://10.0.0.7/v1'],
  ['claude', 'https://api.anthropic.com/v1/messages', 'https://api.anthropic.com/v1'],
  ['vertex', 'https://aiplatform.googleapis.com/v1/projects/p', 'https://aiplatform.googleapis.com'],
  ['gemini', 'https://generativelanguage.googleapis.com/v1beta/models/m:generateContent', null],
  ['azure', 'https://res.openai.azure.com', null],
  ['openai', 'https://api.openai.com/v1', null],
])('%s: what is left of %s without its path', (id, baseUrl, repaired) => {
  const manifest = providerOf(id)?.manifest
  expect(manifest && repairedBaseUrl(manifest, baseUrl)).toBe(repaired)
})

test.each([
  ['月之暗面', 'moonshot'],
  ['kimi', 'moonshot'],
  ['通义千问', 'model-studio'],
  ['智谱', 'zhipu'],
  ['豆包', 'doubao'],
  ['讯飞', 'spark'],
  ['混元', 'hunyuan'],
])('is found by %s: %s', (word, id) => {
  const found = manifests.filter(({ name, aliases }) =>
    [name.en, name['zh-CN'], ...aliases].some((text) => text.toLowerCase().includes(word)),
  )
  expect(found.map((manifest) => manifest.id)).toContain(id)
})
