import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { follow } from '@/lib/discovery/testing/follow.ts'
import { createDnsDiscovery, discoverDns } from './discover-dns.ts'
import type { NameAnswer } from './resolve-name.ts'

const target = (...names: string[]) =>
  ({ type: 'dns', names: names.map((host) => ({ host, port: 80 })) }) as const

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

describe('the discovery of names', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  function stand(names: string[], permits?: (address: string) => boolean) {
    const answers = new Map<string, NameAnswer | Error>()
    const asked: string[] = []
    const discover = createDnsDiscovery(async (name) => {
      asked.push(name)
      const answer = answers.get(name) ?? failure('ENOTFOUND')
      if (answer instanceof Error) throw answer
      return answer
    })
    return { answers, asked, start: () => follow(discover, target(...names), permits) }
  }

  test.each([
    [0, 5_000],
    [1, 5_000],
    [20, 20_000],
    [3_600, 60_000],
    [null, 5_000],
  ])('asks again when a lifetime of %s s is over: after %i ms', async (ttlSeconds, waitMs) => {
    const { answers, asked, start } = stand(['a.test'])
    answers.set('a.test', { addresses: ['10.0.0.1'], ttlSeconds })
    const followed = start()
    await vi.advanceTimersByTimeAsync(waitMs - 1)
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(asked).toHaveLength(2)
    followed.stop()
    await vi.advanceTimersByTimeAsync(200_000)
    expect(asked).toHaveLength(2)
  })

  test('has one endpoint for each address, known by the name', async () => {
    const { answers, start } = stand(['a.test', 'b.test'])
    answers.set('a.test', { addresses: ['10.0.0.1', 'fd00::1'], ttlSeconds: 5 })
    answers.set('b.test', { addresses: ['10.0.0.1'], ttlSeconds: 5 })
    const followed = start()
    await vi.advanceTimersByTimeAsync(0)
    expect(followed.endpoints).toBe('a.test@10.0.0.1:80 a.test@[fd00::1]:80 b.test@10.0.0.1:80')
    answers.set('a.test', { addresses: ['10.0.0.9'], ttlSeconds: 5 })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(followed.endpoints).toBe('a.test@10.0.0.9:80 b.test@10.0.0.1:80')
    followed.stop()
  })

  test('keeps the last good answer of a name that stops resolving, says so, and recovers', async () => {
    const { answers, start } = stand(['a.test', 'b.test'])
    answers.set('a.test', { addresses: ['10.0.0.1'], ttlSeconds: 5 })
    answers.set('b.test', { addresses: ['10.0.0.2'], ttlSeconds: 5 })
    const followed = start()
    await vi.advanceTimersByTimeAsync(0)
    answers.set('b.test', failure('ESERVFAIL'))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(followed.failure).toBe('The name server failed to look up b.test (SERVFAIL).')
    expect(followed.endpoints).toBe('a.test@10.0.0.1:80 b.test@10.0.0.2:80')
    answers.set('b.test', { addresses: ['10.0.0.3'], ttlSeconds: 5 })
    await vi.advanceTimersByTimeAsync(65_000)
    expect(followed.failure).toBe(null)
    expect(followed.endpoints).toBe('a.test@10.0.0.1:80 b.test@10.0.0.3:80')
    followed.stop()
  })

  test('says so of a name that never resolved, and uses the others', async () => {
    const { answers, start } = stand(['a.test', 'gone.test'])
    answers.set('a.test', { addresses: ['10.0.0.1'], ttlSeconds: 5 })
    const followed = start()
    await vi.advanceTimersByTimeAsync(0)
    expect(followed.endpoints).toBe('a.test@10.0.0.1:80')
    expect(followed.failure).toBe('The name gone.test has no address (ENOTFOUND).')
    followed.stop()
  })

  test('leaves out addresses that the egress policy forbids, and says so when none is left', async () => {
    const { answers, start } = stand(['a.test'], (address) => address !== '169.254.169.254')
    answers.set('a.test', { addresses: ['169.254.169.254', '10.0.0.1'], ttlSeconds: 5 })
    const followed = start()
    await vi.advanceTimersByTimeAsync(0)
    expect(followed.endpoints).toBe('a.test@10.0.0.1:80')
    answers.set('a.test', { addresses: ['169.254.169.254'], ttlSeconds: 5 })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(followed.failure).toBe('Every address of a.test is denied by the egress policy.')
    expect(followed.endpoints).toBe('a.test@10.0.0.1:80')
    followed.stop()
  })
})

test('a name of the hosts file resolves, without DNS', async () => {
  const followed = follow(discoverDns, target('localhost'))
  await vi.waitFor(() => expect(followed.endpoints).toBe('localhost@127.0.0.1:80'))
  followed.stop()
})
