import { describe, expect, test } from 'vitest'
import type { DiscoveryUpdate } from '@/lib/discovery/discovery.ts'
import { DiscoveryRegistry } from '@/lib/gateway/runtime/discovery-registry.ts'
import { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { UpstreamNews } from '@/lib/gateway/runtime/upstream-news.ts'
import { requestFrom } from '@/lib/gateway/stages/select-upstream/strategies/strategy-contract.ts'
import { makeAddresses } from '@/lib/gateway/testing/make-discovered.ts'
import { UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import type { DiscoverySnapshot } from '@/lib/snapshot/discovery-snapshot.ts'
import type { AddressUpstream } from '@/lib/snapshot/upstream-service-snapshot.ts'

const dial = { egress: { denyCidrs: [], allowCidrs: [] }, connectTimeoutMs: 1_000 }
const namesOf = (host: string): DiscoverySnapshot => ({ type: 'dns', names: [{ host, port: 80 }] })

/** A registry whose discoveries say what a test makes them say. */
class Stand {
  now = 1_000
  readonly pools = new UpstreamPools()
  readonly instances = new InstanceRegistry({ now: () => this.now })
  readonly news = new UpstreamNews()
  readonly tells = new Map<string, (update: DiscoveryUpdate) => void>()
  readonly registry = new DiscoveryRegistry({
    clock: { now: () => this.now },
    logger: createLogger('test', 'silent'),
    pools: this.pools,
    instances: this.instances,
    news: this.news,
    start: (target, _tools, tell) => {
      const key = target.type === 'dns' ? (target.names[0]?.host ?? '') : target.type
      this.tells.set(key, tell)
      return () => this.tells.delete(key)
    },
  })

  acquire(host = 'a.test', upstream: Partial<AddressUpstream> = {}) {
    return this.registry.acquire('svc_1', { ...makeAddresses(namesOf(host)), ...upstream }, dial)
  }

  say(host: string, ...addresses: string[]): void {
    const endpoints = addresses.map((address) => ({ host: address, port: 80, name: host, weight: 1 }))
    this.tells.get(host)?.({ kind: 'endpoints', endpoints })
  }

  fail(host: string, reason: string): void {
    this.tells.get(host)?.({ kind: 'failed', reason })
  }

  get report() {
    const report = this.registry.reportOf('svc_1')
    return report && { ...report, endpoints: report.endpoints.map(({ url }) => url) }
  }
}

function idsOf({ plan }: ReturnType<Stand['acquire']>): string[] {
  return plan().instances.map(({ id }) => id)
}

function picked({ fleet }: ReturnType<Stand['acquire']>): string | undefined {
  return fleet.pick(requestFrom('10.0.0.1'), [])?.state.url
}

describe('a discovered service', () => {
  test('follows its discovery without a new snapshot, and keeps what is known about instances that stay', () => {
    const stand = new Stand()
    const held = stand.acquire()
    held.fleet.adopt(held.plan())
    expect(picked(held)).toBeUndefined()
    stand.say('a.test', '10.0.0.1')
    expect(picked(held)).toBe('http://10.0.0.1')
    const [before] = held.plan().instances
    stand.say('a.test', '10.0.0.2', '10.0.0.1')
    expect(idsOf(held)).toEqual(['svc_1@a.test@10.0.0.1:80', 'svc_1@a.test@10.0.0.2:80'])
    expect(held.plan().instances[0]?.state).toBe(before?.state)
    stand.say('a.test', '10.0.0.2')
    expect(picked(held)).toBe('http://10.0.0.2')
  })

  test('changes the weight of an instance and nothing else of it', () => {
    const stand = new Stand()
    const held = stand.acquire()
    stand.say('a.test', '10.0.0.1')
    const [before] = held.plan().instances
    const endpoint = { host: '10.0.0.1', port: 80, name: 'a.test', weight: 7 }
    stand.tells.get('a.test')?.({ kind: 'endpoints', endpoints: [endpoint] })
    const [after] = held.plan().instances
    expect(after).toEqual({ ...before, weight: 7 })
    expect(after?.pool).toBe(before?.pool)
  })

  test('is known by name, dialled by address, and spoken to as its TLS settings say', () => {
    const stand = new Stand()
    const held = stand.acquire('a.test', { tls: { serverName: null, ca: null, client: null } })
    stand.say('a.test', '10.0.0.1', 'fd00::1')
    const found = held.plan().instances.map(({ pool, state }) => [pool.origin, state.url])
    expect(found).toEqual([
      ['https://a.test:80', 'https://10.0.0.1:80'],
      ['https://a.test:80', 'https://[fd00::1]:80'],
    ])
    expect(held.plan().instances[0]?.pool).not.toBe(held.plan().instances[1]?.pool)
  })

  test('keeps the base path of a URL', () => {
    const stand = new Stand()
    const url = 'https://f.test/2023-03-30/proxy/'
    const upstream = makeAddresses({ type: 'url', url })
    const held = stand.registry.acquire('svc_1', upstream, dial)
    const endpoint = { host: '10.0.0.1', port: 443, name: 'f.test', weight: 1 }
    stand.tells.get('url')?.({ kind: 'endpoints', endpoints: [endpoint] })
    const [instance] = held.plan().instances
    expect(instance).toMatchObject({ basePath: '/2023-03-30/proxy', pool: { origin: 'https://f.test' } })
    expect(instance?.state.url).toBe('https://10.0.0.1/2023-03-30/proxy')
  })

  test('refuses TLS settings that cannot be read before anything is found', () => {
    const stand = new Stand()
    const tls = { serverName: null, ca: 'no PEM', client: { chain: 'x', key: 'y' } }
    expect(() => stand.acquire('a.test', { tls })).toThrow(/TLS settings/)
    expect(stand.tells.size).toBe(0)
    expect(stand.registry.reportOf('svc_1')).toBe(null)
  })
})

describe('over snapshots', () => {
  test('the same discovery goes on, and another begins with what was found last', () => {
    const stand = new Stand()
    const first = stand.acquire('a.test')
    first.fleet.adopt(first.plan())
    stand.say('a.test', '10.0.0.1')
    const same = stand.acquire('a.test', { balancing: { strategy: 'least-requests' } })
    expect(stand.tells.size).toBe(1)
    expect(same.fleet).toBe(first.fleet)
    const other = stand.acquire('b.test')
    other.fleet.adopt(other.plan())
    expect(picked(other)).toBe('http://10.0.0.1')
    stand.say('b.test', '10.0.0.2')
    expect(picked(other)).toBe('http://10.0.0.2')
    first.release()
    expect(stand.tells.has('a.test')).toBe(true)
    same.release()
    expect(stand.tells.has('a.test')).toBe(false)
  })

  test('a list that comes for the older one while the newer is built does not outdate the newer', () => {
    const stand = new Stand()
    const older = stand.acquire('a.test')
    older.fleet.adopt(older.plan())
    stand.say('a.test', '10.0.0.1')
    const newer = stand.acquire('b.test')
    stand.say('b.test', '10.0.0.2')
    expect(picked(older)).toBe('http://10.0.0.1')
    stand.say('a.test', '10.0.0.3')
    expect(picked(older)).toBe('http://10.0.0.3')
    newer.fleet.adopt(newer.plan())
    expect(picked(newer)).toBe('http://10.0.0.2')
    stand.say('a.test', '10.0.0.4')
    expect(picked(newer)).toBe('http://10.0.0.2')
  })

  test('connections are given up with the last one that may have requests', () => {
    const stand = new Stand()
    const first = stand.acquire()
    stand.say('a.test', '10.0.0.1')
    const second = stand.acquire()
    first.release()
    first.releasePools()
    expect(stand.pools.size).toBe(1)
    second.release()
    expect(stand.pools.size).toBe(1)
    second.releasePools()
    expect(stand.pools.size).toBe(0)
    expect(stand.news.removals).toBe(1)
  })
})

describe('what reports say', () => {
  test('goes from pending over current to stale and back, each change once', () => {
    const stand = new Stand()
    const told: string[] = []
    stand.news.onChange = () => told.push(stand.report?.state ?? 'none')
    stand.acquire()
    expect(stand.report).toEqual({
      state: 'pending',
      reason: null,
      since: 1_000,
      syncedAt: null,
      endpoints: [],
    })
    stand.now = 2_000
    stand.say('a.test', '10.0.0.1')
    const current = {
      state: 'current',
      reason: null,
      since: 2_000,
      syncedAt: 2_000,
      endpoints: ['http://10.0.0.1'],
    }
    expect(stand.report).toEqual(current)
    stand.now = 3_000
    stand.fail('a.test', 'The name server is\naway.')
    stand.fail('a.test', 'The name server is away.')
    expect(stand.report).toEqual({
      ...current,
      state: 'stale',
      reason: 'The name server is away.',
      since: 3_000,
    })
    stand.now = 4_000
    stand.say('a.test', '10.0.0.1')
    stand.say('a.test', '10.0.0.1')
    expect(stand.report).toEqual({ ...current, since: 4_000, syncedAt: 4_000 })
    expect(told).toEqual(['current', 'stale', 'current'])
    stand.now = 40_000
    stand.say('a.test', '10.0.0.1')
    expect(told).toHaveLength(4)
  })

  test('is that it failed where there never was an answer', () => {
    const stand = new Stand()
    stand.acquire()
    stand.fail('a.test', 'x'.repeat(1_000))
    expect(stand.report).toMatchObject({ state: 'failed', reason: 'x'.repeat(300), endpoints: [] })
  })

  test('holds the first thousand endpoints of more, and says so once', () => {
    const stand = new Stand()
    const held = stand.acquire()
    const addresses = Array.from({ length: 1_001 }, (_, index) => `10.0.${index >> 8}.${index & 255}`)
    stand.say('a.test', ...addresses)
    expect(held.plan().instances).toHaveLength(1_000)
    expect(stand.report?.endpoints).toHaveLength(1_000)
    const reason = '1001 endpoints were found, and a service uses 1000 at most. The others get no requests.'
    expect(stand.report).toMatchObject({ state: 'current', reason })
    const told = stand.news.take(1)
    stand.say('a.test', ...addresses)
    expect([told, stand.news.take(1)]).toEqual([['svc_1'], []])
    stand.say('a.test', ...addresses.slice(1))
    expect(stand.report).toMatchObject({ state: 'current', reason: null })
  })
})

test('a node that was started anew serves what it found before until its discovery answers', () => {
  const stand = new Stand()
  const endpoints = [{ host: '10.0.0.1', port: 80, name: null, weight: 1 }]
  stand.registry.restore(new Map([['svc_1', { endpoints, syncedAt: 500 }]]))
  const held = stand.acquire()
  held.fleet.adopt(held.plan())
  expect(picked(held)).toBe('http://10.0.0.1')
  stand.fail('a.test', 'Away.')
  expect(stand.report).toMatchObject({
    state: 'stale',
    reason: 'Away.',
    syncedAt: 500,
    endpoints: ['http://10.0.0.1'],
  })
  expect(stand.registry.lastGood().get('svc_1')).toEqual({ endpoints, syncedAt: 500 })
  stand.say('a.test', '10.0.0.2')
  expect(picked(held)).toBe('http://10.0.0.2')
})
