import { createHmac, createPublicKey } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  exportJWK,
  exportSPKI,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
} from 'jose'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  chatBody,
  completion,
  modelSnapshot,
  type ScriptedProvider,
  type StandOptions,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ConsumerSnapshot, JwtSnapshot, PublicJwkSnapshot } from '@/lib/snapshot/consumer-snapshot.ts'

/** Model APIs whose callers show tokens (RFC 7519), over real sockets; `jose` makes the honest ones. */

let provider: ScriptedProvider
let gateway: TestGateway
const servers: Server[] = []
afterEach(async () => {
  await gateway?.close()
  await provider?.close()
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

let first: GenerateKeyPairResult
let second: GenerateKeyPairResult
beforeAll(async () => {
  first = await generateKeyPair('RS256', { extractable: true })
  second = await generateKeyPair('RS256', { extractable: true })
})

const beganAt = 1_800_000_000_000
const seconds = beganAt / 1000
let now = beganAt
const issuer = 'https://id.example.com'
const secret = 'a secret that is long enough for HS256'

async function publicJwk({ publicKey }: GenerateKeyPairResult, kid: string): Promise<PublicJwkSnapshot> {
  const { kty = '', n, e } = await exportJWK(publicKey)
  return { kty, n, e, kid }
}

function jwt(overrides: Partial<JwtSnapshot> = {}): JwtSnapshot {
  return {
    id: 'key_jwt',
    location: { in: 'standard' },
    keys: { from: 'secret', secret },
    algorithms: ['HS256'],
    issuer,
    audience: 'models',
    claim: 'sub',
    value: 'app',
    clockSkewSeconds: 60,
    expiresAt: null,
    ...overrides,
  }
}

function consumer(name: string, ...jwts: JwtSnapshot[]): ConsumerSnapshot {
  return { id: `con_${name}`, name, workspaceId: 'ws_test', apiKeys: [], jwts, hmacKeys: [] }
}

function optionsFor(consumers: readonly ConsumerSnapshot[], rest: StandOptions = {}): StandOptions {
  const authorization = { consumerIds: consumers.map(({ id }) => id) }
  return { ...rest, api: { authorization, ...rest.api }, snapshot: { consumers, ...rest.snapshot } }
}

async function stand(consumers: readonly ConsumerSnapshot[], rest: StandOptions = {}): Promise<void> {
  now = beganAt
  provider = await startProvider((_, response) => sendJson(response, completion('Hello')))
  const snapshot = modelSnapshot(`${provider.url}/v1`, optionsFor(consumers, rest))
  gateway = await startGateway(snapshot, { now: () => now })
}

async function call(headers: Record<string, string> = {}, query = '') {
  const answer = await fetch(`${gateway.url}/v1/chat/completions${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(chatBody),
  })
  const json = await answer.json()
  return answer.status === 200 ? '200' : `${answer.status} ${json.error.code}`
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const claims: JWTPayload = { iss: issuer, aud: 'models', sub: 'app', exp: seconds + 600 }

function signed(
  change: Readonly<Record<string, unknown>> = {},
  alg = 'HS256',
  text = secret,
): Promise<string> {
  const payload: JWTPayload = { ...claims, ...change }
  for (const name of Object.keys(payload)) if (payload[name] === undefined) delete payload[name]
  return new SignJWT(payload).setProtectedHeader({ alg }).sign(new TextEncoder().encode(text))
}

function signedBy({ privateKey }: GenerateKeyPairResult, kid?: string, change: JWTPayload = {}) {
  const header = { alg: 'RS256', ...(kid !== undefined && { kid }) }
  return new SignJWT({ ...claims, ...change }).setProtectedHeader(header).sign(privateKey)
}

/** Made by hand, for what no honest issuer would sign. */
function forged(header: object, payload: object, key: string | null): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${encode(header)}.${encode(payload)}`
  return `${text}.${key === null ? '' : createHmac('sha256', key).update(text).digest('base64url')}`
}

describe('A token', () => {
  test('proves the consumer whose value its claim has, and goes no further', async () => {
    const inHeader = jwt({ id: 'key_h', location: { in: 'header', name: 'x-team-token' }, value: 'other' })
    const inQuery = jwt({ id: 'key_q', location: { in: 'query', name: 'token' }, claim: 'uid', value: '7' })
    await stand([consumer('app', jwt()), consumer('other', inHeader), consumer('number', inQuery)])
    const token = await signed()
    expect(await call(bearer(token))).toBe('200')
    expect(await call({ 'x-api-key': token })).toBe('401 credential_rejected')
    expect(await call({ 'x-team-token': token })).toBe('401 credential_rejected')
    const other = await signed({ sub: 'other' })
    expect(await call({ 'x-team-token': other, authorization: 'Bearer unused' })).toBe('200')
    expect(await call({ 'x-team-token': `Bearer ${other}` })).toBe('200')
    expect(await call(bearer(other))).toBe('401 credential_rejected')
    const numbered = await signed({ uid: 7 })
    expect(await call({}, `?token=${numbered}`)).toBe('200')
    expect(JSON.stringify(provider.calls)).not.toContain(token.slice(0, 30))
    expect(provider.calls).toHaveLength(4)
  })

  test('is refused for what it says, or does not', async () => {
    await stand([consumer('app', jwt())])
    const refused = async (change: Readonly<Record<string, unknown>>) => call(bearer(await signed(change)))
    expect(await refused({ aud: 'else' })).toBe('401 credential_rejected')
    expect(await refused({ aud: undefined })).toBe('401 credential_rejected')
    expect(await refused({ aud: ['else', 'models'] })).toBe('200')
    expect(await refused({ aud: ['else'] })).toBe('401 credential_rejected')
    expect(await refused({ iss: 'https://id.example.com/' })).toBe('401 credential_rejected')
    expect(await refused({ iss: undefined })).toBe('401 credential_rejected')
    expect(await refused({ sub: 'App' })).toBe('401 credential_rejected')
    expect(await refused({ exp: undefined })).toBe('401 credential_rejected')
    expect(await refused({ nbf: seconds + 60 })).toBe('200')
    expect(await refused({ nbf: seconds + 61 })).toBe('401 credential_rejected')
    expect(await refused({ exp: seconds - 59 })).toBe('200')
    expect(await refused({ exp: seconds - 60 })).toBe('401 credential_expired')
    expect(await call(bearer(await signed({}, 'HS256', `${secret}!`)))).toBe('401 credential_rejected')
    expect(await call(bearer(await signed({}, 'HS384', secret)))).toBe('401 credential_rejected')
  })

  test('runs out while it is remembered', async () => {
    await stand([consumer('app', jwt({ clockSkewSeconds: 0 }))])
    const token = bearer(await signed({ exp: seconds + 10 }))
    expect(await call(token)).toBe('200')
    now += 9_999
    expect(await call(token)).toBe('200')
    now += 1
    expect(await call(token)).toBe('401 credential_expired')
  })

  test('counts no more once its credential has run out, is gone, or another consumer has it', async () => {
    await stand([consumer('app', jwt({ expiresAt: beganAt + 1_000 })), consumer('other')])
    const token = bearer(await signed())
    expect(await call(token)).toBe('200')
    now += 1_000
    expect(await call(token)).toBe('401 credential_expired')
    const url = `${provider.url}/v1`
    const apply = (revision: number, consumers: readonly ConsumerSnapshot[], granted: readonly string[]) => {
      const api = { authorization: { consumerIds: granted } }
      gateway.apply(modelSnapshot(url, { api, snapshot: { revision, consumers } }))
    }
    apply(2, [consumer('app'), consumer('other', jwt())], ['con_app'])
    expect(await call(token)).toBe('403 consumer_not_granted')
    apply(3, [consumer('app'), consumer('other')], ['con_app', 'con_other'])
    expect(await call(token)).toBe('401 credential_rejected')
  })

  test('of a shared issuer proves one consumer of many', async () => {
    const keys = { from: 'jwks', keys: [await publicJwk(first, 'one')] } as const
    const of = (value: string) => jwt({ id: `key_${value}`, keys, algorithms: ['RS256'], value })
    const consumers = Array.from({ length: 50 }, (_, index) => consumer(`n${index}`, of(`team-${index}`)))
    await stand(consumers)
    expect(await call(bearer(await signedBy(first, 'one', { sub: 'team-42' })))).toBe('200')
    expect(await call(bearer(await signedBy(first, undefined, { sub: 'team-7' })))).toBe('200')
    expect(await call(bearer(await signedBy(first, 'one', { sub: 'team-50' })))).toBe(
      '401 credential_rejected',
    )
    expect(await call(bearer(await signedBy(second, 'one', { sub: 'team-1' })))).toBe(
      '401 credential_rejected',
    )
  })
})

describe('A forged token', () => {
  test('gets nobody in, whatever algorithm it names', async () => {
    const keys = { from: 'jwks', keys: [await publicJwk(first, 'one')] } as const
    await stand([consumer('app', jwt({ keys, algorithms: ['RS256'] })), consumer('s', jwt({ value: 's' }))])
    expect(await call(bearer(await signedBy(first, 'one')))).toBe('200')
    const spki = await exportSPKI(first.publicKey)
    const pem = createPublicKey(spki).export({ type: 'spki', format: 'pem' }).toString()
    for (const token of [
      forged({ alg: 'none' }, claims, null),
      forged({ alg: 'None' }, claims, ''),
      forged({ alg: 'HS256', kid: 'one' }, claims, spki),
      forged({ alg: 'HS256', kid: 'one' }, claims, pem),
      forged({ alg: 'HS256', kid: 'one' }, claims, secret),
      forged({ alg: 'RS256', kid: 'one' }, claims, secret),
      forged({ alg: 'RS256', kid: ['one'] }, claims, secret),
      forged({ alg: 'RS256', kid: '../../one' }, claims, ''),
      forged({ alg: 'RS256', jwk: await publicJwk(second, 'one') }, claims, secret),
      forged({ alg: 'RS256', jku: `${provider.url}/keys` }, claims, secret),
      forged({ alg: 'HS256', crit: ['exp2'], exp2: 1 }, { ...claims, sub: 's' }, secret),
      forged({ alg: 'HS256', b64: false, crit: ['b64'] }, { ...claims, sub: 's' }, secret),
      forged({ alg: 'HS256' }, { ...claims, sub: ['s'] }, secret),
      forged({ alg: 'HS256' }, { ...claims, sub: { toString: 's' } }, secret),
      forged({ alg: 'HS256' }, { ...claims, sub: 's', exp: '9999999999' }, secret),
      forged({ alg: 'HS256' }, [claims], secret),
      forged({ alg: 'HS256' }, { __proto__: null, constructor: 's', ...claims, sub: 'S' }, secret),
      'ey.ey.ey',
      'a.b.c',
      `${forged({ alg: 'HS256' }, { ...claims, sub: 's' }, secret)}.x`,
    ]) {
      expect(await call(bearer(token)), token).toBe('401 credential_rejected')
    }
    expect(await call(bearer(forged({ alg: 'HS256' }, { ...claims, sub: 's' }, secret)))).toBe('200')
    expect(provider.calls).toHaveLength(2)
  })

  test('is not read where it is too large, however true', async () => {
    await stand([consumer('app', jwt())])
    expect(await call(bearer(await signed({ padding: 'x'.repeat(5_000) })))).toBe('200')
    expect(await call(bearer(await signed({ padding: 'x'.repeat(6_200) })))).toBe('401 credential_rejected')
  })

  test('of another workspace is nobody’s', async () => {
    const foreign = { ...consumer('app', jwt()), workspaceId: 'ws_other' }
    await stand([foreign])
    expect(await call(bearer(await signed()))).toBe('401 credential_rejected')
  })
})

/** An issuer's address that answers what a test says. */
async function keyServer(answer: (count: number) => { status?: number; body: string } | 'endless') {
  const state = { asked: 0, answer }
  const server = createServer((_, response) => {
    state.asked += 1
    const told = state.answer(state.asked)
    if (told === 'endless') {
      response.writeHead(200, { 'content-type': 'application/json' })
      const write = () => {
        while (!response.destroyed && response.write('{"keys":[],"x":"'.padEnd(65_536, 'x'))) {
          // As fast as it is taken.
        }
      }
      response.on('drain', write)
      write()
      return
    }
    response.writeHead(told.status ?? 200, { 'content-type': 'application/json', location: '/elsewhere' })
    response.end(told.body)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(state, { url: `http://127.0.0.1:${port}/jwks.json` })
}

const setOf = (...keys: PublicJwkSnapshot[]) => ({ body: JSON.stringify({ keys }) })
const fetched = (url: string) => jwt({ keys: { from: 'url', url }, algorithms: ['RS256'] })

describe('Keys of an address', () => {
  test('are had with the first token, once for all, and again when the issuer changes them', async () => {
    const one = await publicJwk(first, 'one')
    const issuing = await keyServer(() => setOf(one))
    const of = (value: string) => ({ ...fetched(issuing.url), id: `key_${value}`, value })
    await stand([consumer('app', of('app')), consumer('other', of('other'))])
    const tokens = await Promise.all(['app', 'other'].map((sub) => signedBy(first, 'one', { sub })))
    expect(issuing.asked).toBe(0)
    expect(await Promise.all(tokens.map((token) => call(bearer(token))))).toEqual(['200', '200'])
    expect(issuing.asked).toBe(1)
    const two = await publicJwk(second, 'two')
    issuing.answer = () => setOf(two)
    const rotated = await signedBy(second, 'two')
    expect(await call(bearer(rotated))).toBe('401 credential_rejected')
    now += 30_000
    expect(await call(bearer(rotated))).toBe('200')
    expect(await call(bearer(tokens[0] ?? ''))).toBe('401 credential_rejected')
    expect(issuing.asked).toBe(2)
  })

  test('outlast the issuer, and a new snapshot', async () => {
    const one = await publicJwk(first, 'one')
    const issuing = await keyServer((count) => (count === 1 ? setOf(one) : { status: 500, body: '' }))
    const consumers = [consumer('app', fetched(issuing.url))]
    await stand(consumers)
    expect(await call(bearer(await signedBy(first, 'one')))).toBe('200')
    const more = [...consumers, consumer('more')]
    const options = optionsFor(more, { snapshot: { revision: 2, consumers: more } })
    gateway.apply(modelSnapshot(`${provider.url}/v1`, options))
    now += 500_000
    expect(await call(bearer(await signedBy(first, 'one', { jti: 'next' })))).toBe('200')
    expect(issuing.asked).toBe(1)
  })

  test.each([
    ['refuses', () => ({ status: 403, body: '{}' }) as const],
    ['leads elsewhere', () => ({ status: 302, body: '' }) as const],
    ['answers no keys', () => ({ body: '<html>' }) as const],
    ['answers without end', () => 'endless' as const],
  ])('that were never had are missed: the issuer %s', async (_what, answer) => {
    const issuing = await keyServer(answer)
    await stand([consumer('app', fetched(issuing.url))])
    const token = bearer(await signedBy(first, 'one'))
    expect(await call(token)).toBe('503 issuer_keys_unavailable')
    expect(await call(token)).toBe('503 issuer_keys_unavailable')
    expect(issuing.asked).toBe(1)
  })

  test('are not asked for where the egress policy forbids it, by address or by name', async () => {
    const one = await publicJwk(first, 'one')
    const issuing = await keyServer(() => setOf(one))
    const url = new URL(issuing.url)
    const named = `http://localhost:${url.port}/jwks.json`
    const consumers = ['http://169.254.169.254/jwks', issuing.url, named].map((address, index) =>
      consumer(`n${index}`, { ...fetched(address), id: `key_${index}`, value: `n${index}` }),
    )
    const egress = { denyCidrs: ['169.254.0.0/16', '127.0.0.1/32', '::1/128'], allowCidrs: [] }
    await stand(consumers, { snapshot: { egress, consumers } })
    for (const sub of ['n0', 'n1', 'n2']) {
      const token = await signedBy(first, 'one', { sub })
      expect(await call(bearer(token)), sub).toBe('503 issuer_keys_unavailable')
    }
    expect(issuing.asked).toBe(0)
  })

  test('are not asked for by strangers', async () => {
    const issuing = await keyServer(() => ({ status: 500, body: '' }))
    await stand([consumer('app', fetched(issuing.url))])
    for (const change of [{ sub: 'nobody' }, { iss: 'https://other.example.com' }]) {
      expect(await call(bearer(await signedBy(first, 'one', change)))).toBe('401 credential_rejected')
    }
    expect(await call(bearer(forged({ alg: 'HS256' }, claims, secret)))).toBe('401 credential_rejected')
    expect(issuing.asked).toBe(0)
  })
})
