import { describe, expect, test } from 'vitest'
import { buildRuntime } from '@/lib/gateway/runtime/build-runtime.ts'
import { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import { UpstreamPools } from '@/lib/gateway/runtime/upstream-pools.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

function build(snapshot: GatewaySnapshot) {
  const pools = new UpstreamPools()
  return {
    pools,
    build: () => buildRuntime(snapshot, { pools, instances: new InstanceRegistry(systemClock) }),
  }
}

describe('A snapshot', () => {
  test('is compiled into look-ups, with hosts in lower case', () => {
    const service = makeService({ name: 'qwen_7b', instances: [makeInstance('http://10.0.0.1:8000/base/')] })
    const runtime = build(
      makeSnapshot({ hosts: { internet: ['GW.Test'], vpc: [] }, services: [service] }),
    ).build()
    expect(runtime.hosts.internet.has('gw.test')).toBe(true)
    expect(runtime.servicesByName.get('qwen_7b')).toBe(runtime.servicesByHostLabel.get('qwen-7b'))
    expect(runtime.services[0]?.instances[0]?.basePath).toBe('/base')
  })

  test('shares one pool per origin', () => {
    const services = ['one', 'two'].map((name) =>
      makeService({
        id: name,
        name,
        instances: [makeInstance('http://10.0.0.1:8000/a'), makeInstance('http://10.0.0.1:8000/b')],
      }),
    )
    const { pools, build: run } = build(makeSnapshot({ services }))
    run()
    expect(pools.size).toBe(1)
  })

  test.each<[string, Partial<GatewaySnapshot>]>([
    [
      'an address without a scheme',
      { services: [makeService({ instances: [makeInstance('10.0.0.1:8000')] })] },
    ],
    ['another scheme', { services: [makeService({ instances: [makeInstance('ftp://10.0.0.1')] })] }],
    [
      'a negative weight',
      { services: [makeService({ instances: [makeInstance('http://a', { weight: -1 })] })] },
    ],
    ['two services of one name', { services: [makeService(), makeService({ id: 'other' })] }],
    ['a bad trusted proxy', { trustedProxies: ['10.0.0.0/99'] }],
    ['a bad egress block', { egress: { denyCidrs: ['x'], allowCidrs: [] } }],
  ])('with %s is refused and leaves nothing behind', (_what, overrides) => {
    const good = makeService({ id: 'good', name: 'good', instances: [makeInstance('http://10.0.0.1')] })
    const snapshot = makeSnapshot({
      ...overrides,
      limits: makeSnapshot().limits,
      services: [good, ...(overrides.services ?? [])],
    })
    const { pools, build: run } = build(snapshot)
    expect(run).toThrow(SnapshotRefused)
    expect(pools.size).toBe(0)
  })

  test('with a limit of nothing is refused', () => {
    expect(build(makeSnapshot({ limits: { requestMs: 0 } })).build).toThrow('requestMs')
  })
})
