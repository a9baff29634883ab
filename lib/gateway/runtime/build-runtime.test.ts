import { describe, expect, test } from 'vitest'
import { buildRuntime } from '@/lib/gateway/runtime/build-runtime.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { createSharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { SnapshotRefused } from '@/lib/gateway/runtime/snapshot-refused.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import { runAtOnce } from '@/lib/platform/slices.ts'
import type { GatewaySnapshot, SecurityRuleSnapshot } from '@/lib/snapshot/snapshot.ts'
import { encodeSnapshot } from '@/lib/snapshot/snapshot-codec.ts'

const anyRule: SecurityRuleSnapshot = {
  direction: 'inbound',
  portFrom: 1,
  portTo: 65_535,
  cidr: '10.0.0.0/8',
  action: 'allow',
}

function withDirect(name: string, securityRules: SecurityRuleSnapshot[] = []) {
  const direct = { securityRules, discovery: false, nlb: [{ port: 9000, side: 'vpc' as const }], nacos: [] }
  return makeService({ id: name, name, direct })
}

function build(snapshot: GatewaySnapshot) {
  const shared = createSharedState(systemClock)
  return {
    pools: shared.pools,
    build: () => runAtOnce(buildRuntime(encodeSnapshot(snapshot), shared, null)),
  }
}

describe('A snapshot', () => {
  test('is compiled into look-ups, with hosts in lower case', () => {
    const service = makeService({ name: 'qwen_7b', instances: [makeInstance('http://10.0.0.1:8000/base/')] })
    const runtime = build(
      makeSnapshot({ hosts: { internet: ['GW.Test'], vpc: [] }, services: [service] }),
    ).build()
    expect(runtime.names.internet.labelOf('qwen-7b.gw.test')).toBe('qwen-7b')
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
    ['a bad block in a list of callers', { access: { internet: ['10.0.0.0/99'], vpc: null } }],
    ['two services at one layer 4 port', { services: [withDirect('one'), withDirect('two')] }],
    ['a bad security rule', { services: [withDirect('one', [{ ...anyRule, cidr: '10.0.0.0/99' }])] }],
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

describe('The next snapshot', () => {
  const service = (name: string, url: string) =>
    makeService({ id: `eas_${name}`, name, instances: [makeInstance(url)] })
  const one = service('one', 'http://10.0.0.1')
  const two = service('two', 'http://10.0.0.2')
  const moved = service('two', 'http://10.0.0.3')

  function start(first: GatewaySnapshot) {
    const shared = createSharedState(systemClock)
    const next = (snapshot: GatewaySnapshot, previous: Runtime | null) =>
      runAtOnce(buildRuntime(encodeSnapshot(snapshot), shared, previous))
    return { shared, next, runtime: next(first, null) }
  }

  test('takes over what did not change, and nothing that did', () => {
    const { runtime, next } = start(makeSnapshot({ services: [one, two] }))
    const after = next(makeSnapshot({ revision: 2, services: [moved, one] }), runtime)
    expect(after.servicesByName.get('one')).toBe(runtime.servicesByName.get('one'))
    expect(after.servicesByName.get('two')).not.toBe(runtime.servicesByName.get('two'))
    expect(after.services.map(({ name }) => name)).toEqual(['two', 'one'])
  })

  test('keeps the lists of callers while they say the same', () => {
    const access = { internet: ['10.0.0.0/8'], vpc: null }
    const { runtime, next } = start(makeSnapshot({ access }))
    expect(next(makeSnapshot({ revision: 2, access }), runtime).access).toBe(runtime.access)
    const narrowed = next(makeSnapshot({ revision: 3, access: { internet: [], vpc: null } }), runtime).access
    expect(runtime.access.internet?.has('10.1.2.3')).toBe(true)
    expect(narrowed.internet?.has('10.1.2.3')).toBe(false)
    expect(narrowed.vpc).toBeNull()
  })

  test('leads each layer 4 port to its service', () => {
    const { runtime, next } = start(makeSnapshot({ services: [withDirect('one')] }))
    expect(runtime.nlbRoutes.get(9000)).toMatchObject({ side: 'vpc', service: { name: 'one' } })
    const after = next(makeSnapshot({ revision: 2, services: [withDirect('two'), one] }), runtime)
    expect(after.nlbRoutes.get(9000)?.service.name).toBe('two')
  })

  test('takes over nothing when what all services depend on changed', () => {
    const { runtime, next } = start(makeSnapshot({ services: [one] }))
    const egress = { denyCidrs: ['10.0.0.0/8'], allowCidrs: [] }
    const after = next(makeSnapshot({ revision: 2, egress, services: [one] }), runtime)
    expect(after.servicesByName.get('one')).not.toBe(runtime.servicesByName.get('one'))
  })

  test('keeps a taken-over service when the runtime that it came from closes', async () => {
    const { shared, runtime, next } = start(makeSnapshot({ services: [one, two] }))
    const after = next(makeSnapshot({ revision: 2, services: [one] }), runtime)
    await runtime.close()
    expect(shared.pools.size).toBe(1)
    await after.close()
    expect(shared.pools.size).toBe(0)
  })

  test('leaves the connections of a request under way alone, whatever came since', async () => {
    const { shared, runtime, next } = start(makeSnapshot({ services: [two] }))
    runtime.enter()
    const second = next(makeSnapshot({ revision: 2, services: [moved] }), runtime)
    const closed = runtime.close()
    const third = next(makeSnapshot({ revision: 3, services: [] }), second)
    await second.close()
    expect(shared.pools.size).toBe(1)
    runtime.leave()
    await closed
    expect(shared.pools.size).toBe(0)
    await third.close()
  })

  test('that is refused, or given up half-way, changes nothing for the one that runs', async () => {
    const { shared, runtime, next } = start(makeSnapshot({ services: [one, two] }))
    const broken = makeSnapshot({ revision: 2, services: [one, moved, service('x', 'ftp://nowhere')] })
    expect(() => next(broken, runtime)).toThrow(SnapshotRefused)
    const halfBuilt = buildRuntime(
      encodeSnapshot(makeSnapshot({ revision: 2, services: [one, moved] })),
      shared,
      runtime,
    )
    for (let step = 0; step < 4; step++) halfBuilt.next()
    halfBuilt.return(runtime)
    expect(shared.pools.size).toBe(2)
    await runtime.close()
    expect(shared.pools.size).toBe(0)
  })

  test('that lacks a line is refused', () => {
    const { shared, runtime } = start(makeSnapshot({ services: [one, two] }))
    const lines = encodeSnapshot(makeSnapshot({ revision: 2, services: [one, two] })).slice(0, 2)
    expect(() => runAtOnce(buildRuntime(lines, shared, runtime))).toThrow('2 of its 3 lines')
  })
})
