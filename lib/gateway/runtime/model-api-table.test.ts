import { describe, expect, test } from 'vitest'
import { JobBook } from '@/lib/counters/jobs/job-book.ts'
import { buildModelApi } from '@/lib/gateway/runtime/build-model-api.ts'
import type { PublishedApi } from '@/lib/gateway/runtime/model-api-runtime.ts'
import { ModelApiTable } from '@/lib/gateway/runtime/model-api-table.ts'
import { makeModelApi } from '@/lib/gateway/testing/make-snapshot.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { DomainSnapshot } from '@/lib/snapshot/snapshot.ts'

const domain = (name: string, side: 'internet' | 'vpc' = 'internet'): DomainSnapshot => ({
  name,
  side,
  certificateId: null,
  forceHttps: false,
})
const domains = [domain('api.example.com'), domain('*.example.com'), domain('inner.test', 'vpc')]

function published(name: string, overrides: Partial<ModelApiSnapshot> = {}): PublishedApi {
  const api = buildModelApi(JSON.stringify(makeModelApi({ id: name, name, ...overrides })))
  return {
    api,
    router: {} as PublishedApi['router'],
    fallbacks: [],
    judge: null,
    classifier: null,
    targets: new Map(),
    jobs: new JobBook(),
    authorization: null,
    models: null,
    limits: null,
  }
}

function tableOf(...apis: PublishedApi[]) {
  const table = new ModelApiTable('internet', domains, apis)
  return (host: string, url: string) => table.find(host, url)?.api.name ?? null
}

describe('A Model API is found', () => {
  test('by its exact name, then a wildcard, then anywhere', () => {
    const find = tableOf(
      published('exact', { domains: ['api.example.com'], basePath: '/chat' }),
      published('wild', { domains: ['*.example.com'], basePath: '/' }),
      published('any', { basePath: '/chat/deep' }),
    )
    expect(find('api.example.com', '/chat/v1')).toBe('exact')
    expect(find('api.example.com', '/chat/deep/v1')).toBe('exact')
    expect(find('api.example.com', '/else')).toBe('wild')
    expect(find('other.example.com', '/chat/v1')).toBe('wild')
    expect(find('a.b.example.com', '/chat/deep')).toBe('any')
    expect(find('example.com', '/chat/deep')).toBe('any')
    expect(find('', '/chat/deep/v1')).toBe('any')
    expect(find('127.0.0.1', '/chat')).toBeNull()
  })

  test('by names of its own side only', () => {
    const find = tableOf(published('inner', { domains: ['inner.test'] }))
    expect(find('inner.test', '/v1')).toBeNull()
    expect(find('elsewhere.test', '/v1')).toBeNull()
  })
})

test('two APIs in one place are refused by name', () => {
  const build = () => tableOf(published('one', { basePath: '/x' }), published('two', { basePath: '/x' }))
  expect(build).toThrow('Model API two and another one both answer at any name under /x.')
})

test('what cannot be served is refused by name', () => {
  expect(() => published('odd', { basePath: '/a//b' })).toThrow('Model API odd has a base path')
  expect(() => published('odd', { firstPacketTimeoutMs: -1 })).toThrow(
    'firstPacketTimeoutMs of Model API odd',
  )
  expect(() => published('odd', { protocol: 'telnet' as 'openai' })).toThrow('odd speaks telnet')
})
