import { describe, expect, test } from 'vitest'
import { HostNames } from '@/lib/gateway/runtime/host-names.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import type { Admitted } from '@/lib/gateway/stages/admit/admitted.ts'
import { match, nothingServed } from '@/lib/gateway/stages/match/match.ts'

const demo = { name: 'demo' }
const qwen = { name: 'qwen_7b' }
const domains = ['api.example.com', '*.example.org'].map((name) => ({
  name,
  side: 'internet' as const,
  certificateId: null,
  forceHttps: false,
}))
const runtime = {
  names: {
    internet: new HostNames(['gw.test', 'deep.gw.test'], domains),
    vpc: new HostNames(['inner.test'], []),
  },
  servicesByName: new Map(Object.entries({ demo, qwen_7b: qwen })),
  servicesByHostLabel: new Map(Object.entries({ demo, 'qwen-7b': qwen, deep: { name: 'deep' } })),
} as unknown as Runtime

const request = (hostName: string, url: string) => ({ hostName, url }) as Admitted
const found = (hostName: string, url: string, side: 'internet' | 'vpc' = 'internet') => {
  const route = match(runtime, side, request(hostName, url))
  return route && [route.service.name, route.rest, route.form]
}

describe('A request is matched', () => {
  test('by path under any host', () => {
    expect(found('127.0.0.1', '/api/predict/demo/v1')).toEqual(['demo', '/v1', 'path'])
    expect(found('gw.test', '/api/predict/qwen_7b')).toEqual(['qwen_7b', '/', 'path'])
  })

  test('by host, with - for _ and the whole path kept', () => {
    expect(found('qwen-7b.gw.test', '/v1//x?y')).toEqual(['qwen_7b', '/v1//x?y', 'host'])
    expect(found('qwen_7b.gw.test', '/')).toEqual(['qwen_7b', '/', 'host'])
    expect(found('demo.gw.test', '/api/predict/qwen_7b')).toEqual(['demo', '/api/predict/qwen_7b', 'host'])
  })

  test("by the hosts of the listener's own side only", () => {
    expect(found('demo.inner.test', '/x', 'vpc')).toEqual(['demo', '/x', 'host'])
    expect(found('demo.inner.test', '/x', 'internet')).toBeNull()
  })

  test('by custom names, exact ones and wildcards, in either form', () => {
    expect(found('api.example.com', '/api/predict/demo/v1')).toEqual(['demo', '/v1', 'path'])
    expect(found('qwen-7b.api.example.com', '/v1')).toEqual(['qwen_7b', '/v1', 'host'])
    expect(found('demo.example.org', '/v1')).toEqual(['demo', '/v1', 'host'])
    expect(found('other.example.org', '/api/predict/demo/v1')).toEqual(['demo', '/v1', 'path'])
    expect(found('a.b.example.org', '/v1')).toBeNull()
  })

  test("as the gateway's own host where that looks like a service's", () => {
    expect(found('deep.gw.test', '/x')).toBeNull()
  })
})

describe('Nothing is matched', () => {
  test.each([
    ['gw.test', '/api/predict/none/x'],
    ['gw.test', '/'],
    ['none.gw.test', '/v1'],
    ['a.demo.gw.test', '/v1'],
    ['', '/v1'],
  ])('%s %s, and the message names the usual path', (host, url) => {
    expect(found(host, url)).toBeNull()
    expect(nothingServed(request(host, url)).publicMessage).toContain(
      '/api/predict/<service>/v1/chat/completions',
    )
  })
})
