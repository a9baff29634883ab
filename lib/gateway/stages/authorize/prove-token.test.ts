import { createSecretKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { ConsumerAuthorization } from '@/lib/gateway/runtime/consumers/consumer-authorization.ts'
import { VerifiedTokens } from '@/lib/gateway/runtime/consumers/verified-tokens.ts'
import type { JwtCredential } from '@/lib/gateway/runtime/consumers/workspace-credentials.ts'
import { proveToken } from './prove-token.ts'

const now = Date.UTC(2026, 10, 21)
const secret = createSecretKey(Buffer.alloc(32, 'k'))

/** One consumer, whose issuer has other keys each time that `changes` says so. */
async function stand(changes: (finds: number) => boolean) {
  const state = { finds: 0, version: 1 }
  const keys = {
    versionAt: () => state.version,
    find: () => {
      state.finds += 1
      if (changes(state.finds)) state.version += 1
      return Promise.resolve([secret])
    },
  }
  const credential = {
    id: 'key_1',
    keys,
    algorithms: ['HS256'],
    issuer: null,
    audience: null,
    claim: 'sub',
    value: 'app',
    clockSkewSeconds: 0,
    location: { in: 'standard' },
    consumer: { id: 'con_1' },
  } as unknown as JwtCredential
  const authorization = {
    credentials: { jwts: new Map([['sub', new Map([['app', [credential]]])]]) },
    verified: new VerifiedTokens(),
  } as unknown as ConsumerAuthorization
  const value = await new SignJWT({ sub: 'app' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(now / 1_000 + 3_600)
    .sign(secret)
  const token = { place: 'standard', name: 'authorization', value, digest: 'd' } as const
  const prove = async () => await proveToken(authorization, [token], now)
  return { state, prove, credential }
}

test('a token is proved once, as long as its keys are the same', async () => {
  const { state, prove, credential } = await stand(() => false)
  expect(await prove()).toBe(credential)
  expect(await prove()).toBe(credential)
  expect(state.finds).toBe(1)
})

test('a token whose keys change while it is proved is proved again', async () => {
  const { state, prove, credential } = await stand((finds) => finds === 1)
  expect(await prove()).toBe(credential)
  expect(await prove()).toBe(credential)
  expect(state.finds).toBe(2)
  await prove()
  expect(state.finds).toBe(2)
})
