import { setImmediate } from 'node:timers/promises'
import { exportJWK, generateKeyPair } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { GatewayError } from '@/lib/gateway/error.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import { FetchedKeys } from './fetched-keys.ts'
import { readJwks } from './read-jwks.ts'

const logger = createLogger('test', 'silent')
let jwk: Record<string, unknown>
beforeAll(async () => {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true })
  jwk = { ...(await exportJWK(publicKey)) }
})

const header = (kid: string) => ({ alg: 'ES256', kid })

/** An issuer that answers what a test says, and counts how often it is asked. */
function issuer() {
  const state = {
    asked: 0,
    answer: () => ({ status: 200, text: '' }),
    publish(...kids: string[]) {
      const text = JSON.stringify({ keys: kids.map((kid) => ({ ...jwk, kid })) })
      state.answer = () => ({ status: 200, text })
    },
  }
  const keys = new FetchedKeys(
    'https://id.example.com/jwks.json?secret=x',
    async () => {
      state.asked += 1
      const { status, text } = state.answer()
      return { status, body: Buffer.from(text) }
    },
    logger,
  )
  const has = async (kid: string, now: number) => (await keys.find(header(kid), now)).length > 0
  return { state, keys, has }
}

async function codeOf(found: Promise<unknown>): Promise<string> {
  const error = await found.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof GatewayError ? error.code : String(error)
}

describe('Keys of an address', () => {
  test('are asked for once, and again for a key that nobody knows, but not more often than the floor', async () => {
    const { state, has, keys } = issuer()
    state.publish('one')
    expect(await Promise.all([has('one', 0), has('one', 0), has('one', 1)])).toEqual([true, true, true])
    expect(state.asked).toBe(1)
    const before = keys.versionAt(2)
    state.publish('one', 'two')
    expect(await has('two', 29_999)).toBe(false)
    expect(state.asked).toBe(1)
    expect(await Promise.all([has('two', 30_000), has('three', 30_000)])).toEqual([true, false])
    expect(state.asked).toBe(2)
    for (let count = 0; count < 100; count++) await has(`guess-${count}`, 40_000)
    expect(state.asked).toBe(2)
    expect(keys.versionAt(40_000)).not.toBe(before)
  })

  test('stay good while the issuer does not answer, and go with it when it says so', async () => {
    const { state, has, keys } = issuer()
    state.publish('one')
    expect(await has('one', 0)).toBe(true)
    const version = keys.versionAt(1)
    state.answer = () => ({ status: 500, text: 'no' })
    expect(await has('one', 700_000)).toBe(true)
    await setImmediate()
    expect(state.asked).toBe(2)
    expect(await has('one', 10_000_000)).toBe(true)
    expect(keys.versionAt(10_000_000)).toBe(version)
    state.publish('two')
    expect(await has('one', 20_000_000)).toBe(false)
    expect(await has('two', 20_000_000)).toBe(true)
  })

  test('that nobody asked for in an hour prove nothing before they are asked for', async () => {
    const { state, has, keys } = issuer()
    state.publish('one')
    expect(await has('one', 0)).toBe(true)
    expect(keys.versionAt(599_999)).toBe(1)
    expect(state.asked).toBe(1)
    expect(keys.versionAt(3_600_000)).toBeNull()
    expect(await has('one', 3_600_000)).toBe(true)
    expect(keys.versionAt(3_600_001)).toBe(1)
    expect(state.asked).toBe(2)
  })

  test('that were never had are missed, and asked for at growing intervals', async () => {
    const { state, keys } = issuer()
    const answers = [
      () => ({ status: 404, text: '{}' }),
      () => ({ status: 200, text: 'not json' }),
      () => ({ status: 200, text: '{"keys":[{"kty":"oct","k":"AAAA"}]}' }),
      () => ({ status: 200, text: `{"keys":[],"x":"${'x'.repeat(262_144)}"}` }),
      () => {
        throw new Error('connect ECONNREFUSED')
      },
    ]
    let now = 0
    for (const [index, answer] of answers.entries()) {
      state.answer = answer
      expect(await codeOf(keys.find(header('one'), now))).toBe('issuer_keys_unavailable')
      expect(await codeOf(keys.find(header('one'), now + 999 * 2 ** index))).toBe('issuer_keys_unavailable')
      expect(state.asked).toBe(index + 1)
      now += 1_000 * 2 ** index
    }
    state.publish('one')
    expect(await keys.find(header('one'), now)).toHaveLength(1)
  })
})

describe('A set of keys', () => {
  test('is read without what proves nothing, or would only cost time', () => {
    const good = { ...jwk, kid: 'good', use: 'sig', x5c: ['AAAA'] }
    const rsa = { kty: 'RSA', n: 'AA', e: 'AQAB' }
    const others = [
      ...[{ kty: 'oct', k: 'AAAA' }, { ...jwk, d: 'AAAA' }, { ...jwk, key_ops: ['encrypt'] }, null, 'x', []],
      ...[
        { ...rsa, n: 'A'.repeat(1_367) },
        { ...rsa, e: 'A'.repeat(7) },
        { ...jwk, kid: 5 },
        { ...jwk, x: {} },
      ],
    ]
    expect(readJwks(JSON.stringify({ keys: [...others, good] }))).toEqual([
      { ...jwk, kid: 'good', use: 'sig' },
    ])
    for (const text of ['', '[]', 'null', '{"keys":{}}', JSON.stringify({ keys: others })]) {
      expect(() => readJwks(text), text).toThrow()
    }
    const many = Array.from({ length: 101 }, () => good)
    expect(() => readJwks(JSON.stringify({ keys: many }))).toThrow('more than 100')
  })
})
