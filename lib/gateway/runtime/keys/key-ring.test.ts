import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { KeyRing } from '@/lib/gateway/runtime/keys/key-ring.ts'
import { KeyRings } from '@/lib/gateway/runtime/keys/key-rings.ts'
import { noKeysTried, type ProviderKey } from '@/lib/gateway/runtime/keys/provider-key.ts'
import { UpstreamNews } from '@/lib/gateway/runtime/upstream-news.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { KeyFailover } from '@/lib/snapshot/upstream-service-snapshot.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

const keysOf = (...ids: string[]) => ids.map((id) => ({ id, value: `secret-of-${id}` }))
const failover: KeyFailover = { failures: 3, retryMs: 10_000 }

class Stand {
  readonly news = new UpstreamNews()
  readonly rings = new KeyRings(systemClock, this.news)

  ring(ids: string[], policy: KeyFailover | null = null): { ring: KeyRing; release: () => void } {
    const { states, release } = this.rings.acquire('svc', keysOf(...ids))
    const keys = states.map((state): ProviderKey => ({ state, credential: {} as ProviderKey['credential'] }))
    return { ring: new KeyRing('svc', keys, policy, systemClock, this.news), release }
  }
}

const ringOf = (ids: string[], policy: KeyFailover | null = null) => new Stand().ring(ids, policy).ring
const picks = (ring: KeyRing, count: number) =>
  Array.from({ length: count }, () => ring.pick(noKeysTried)?.state.id).join('')
const key = (ring: KeyRing, index: number) => ring.keys[index] as ProviderKey
const stateOf = (ring: KeyRing, index: number) => key(ring, index).state.report

describe('Without failover', () => {
  test('requests are spread over all keys', () => {
    expect(picks(ringOf(['a', 'b', 'c']), 6)).toBe('abcabc')
  })

  test('failures alone never pass a key over, a refusal does for half a minute', () => {
    const ring = ringOf(['a', 'b'])
    for (let time = 0; time < 10; time++) ring.failed(key(ring, 0), 'Answered 500')
    expect(picks(ring, 4)).toBe('abab')
    ring.refused(key(ring, 0), 'Answered 401')
    expect(stateOf(ring, 0)).toMatchObject({ state: 'failing', reason: 'Answered 401', until: 1_030_000 })
    expect(picks(ring, 4)).toBe('bbbb')
    vi.setSystemTime(1_030_000)
    expect(picks(ring, 4)).toContain('a')
  })
})

describe('With failover', () => {
  test('the first key serves until so many failures in a row, then the next, and it is tried again', () => {
    const ring = ringOf(['a', 'b'], failover)
    expect(picks(ring, 3)).toBe('aaa')
    ring.failed(key(ring, 0), 'Answered 500')
    ring.failed(key(ring, 0), 'Answered 500')
    ring.succeeded(key(ring, 0))
    ring.failed(key(ring, 0), 'Answered 500')
    ring.failed(key(ring, 0), 'Answered 500')
    expect(picks(ring, 2)).toBe('aa')
    ring.failed(key(ring, 0), 'Answered 500')
    expect(picks(ring, 2)).toBe('bb')
    expect(stateOf(ring, 0).reason).toBe('3 failures in a row: answered 500')
    vi.setSystemTime(1_010_000)
    // One request finds out, the others go on as before.
    expect(picks(ring, 3)).toBe('abb')
    ring.succeeded(key(ring, 0))
    expect(picks(ring, 2)).toBe('aa')
    expect(stateOf(ring, 0)).toMatchObject({ state: 'ready', reason: null, until: null })
  })
})

describe('A request', () => {
  test('that has tried a key gets another, until there is none', () => {
    const ring = ringOf(['a', 'b'], failover)
    const tried = [ring.pick(noKeysTried) as ProviderKey]
    expect(ring.hasAnother(tried)).toBe(true)
    tried.push(ring.pick(tried) as ProviderKey)
    expect(tried.map(({ state }) => state.id)).toEqual(['a', 'b'])
    expect(ring.hasAnother(tried)).toBe(false)
    expect(ring.pick(tried)).toBeNull()
  })

  test('goes with the key whose time comes first where all are out', () => {
    const ring = ringOf(['a', 'b', 'c'])
    ring.refused(key(ring, 0), 'Answered 401')
    ring.askedToRest(key(ring, 1), 5_000)
    ring.askedToRest(key(ring, 2), 60_000)
    expect(picks(ring, 3)).toBe('bbb')
    expect(ring.hasAnother(noKeysTried)).toBe(false)
  })

  test('with the only key goes with it, whatever is known of it', () => {
    const ring = ringOf(['a'])
    ring.refused(key(ring, 0), 'Answered 401')
    expect(picks(ring, 2)).toBe('aa')
  })
})

describe('A rest', () => {
  test('lasts as long as asked for, is not shortened, and ends by itself', async () => {
    const ring = ringOf(['a', 'b'], failover)
    ring.askedToRest(key(ring, 0), 5_000)
    ring.askedToRest(key(ring, 0), 1_000)
    expect(stateOf(ring, 0)).toMatchObject({ state: 'paused', until: 1_005_000 })
    ring.succeeded(key(ring, 0))
    expect(stateOf(ring, 0).state).toBe('paused')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(stateOf(ring, 0)).toMatchObject({ state: 'ready', until: null })
  })

  test('is a second where the provider does not say', () => {
    const ring = ringOf(['a', 'b'])
    ring.askedToRest(key(ring, 0), null)
    expect(stateOf(ring, 0).until).toBe(1_001_000)
  })
})

describe('Over snapshots', () => {
  test('a key stays as it is while its text does, and every change is news', () => {
    const stand = new Stand()
    const first = stand.ring(['a', 'b'])
    stand.news.clear()
    first.ring.refused(key(first.ring, 0), 'Answered 401')
    expect(stand.news.take(9)).toEqual(['svc'])
    const second = stand.ring(['a', 'c'])
    first.release()
    expect(stateOf(second.ring, 0).state).toBe('failing')
    expect(stateOf(second.ring, 1).state).toBe('unknown')
    second.release()
    expect(stand.news.removals).toBe(1)
    expect(stateOf(stand.ring(['a']).ring, 0).state).toBe('unknown')
  })
})

test('what is learned of a key after its service has gone is no news', () => {
  const stand = new Stand()
  const { ring, release } = stand.ring(['a'])
  release()
  ring.refused(key(ring, 0), 'Answered 401')
  ring.askedToRest(key(ring, 0), 1_000)
  ring.succeeded(key(ring, 0))
  vi.advanceTimersByTime(2_000)
  expect(stand.news.isEmpty).toBe(true)
})

test('an answer that has only begun forgets no failures', () => {
  const ring = ringOf(['a', 'b'], failover)
  for (let time = 0; time < 3; time++) {
    ring.accepted(key(ring, 0))
    ring.failed(key(ring, 0), 'Broke off within an answer')
  }
  expect(stateOf(ring, 0).state).toBe('failing')
})
