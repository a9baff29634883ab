import { createHmac, hash } from 'node:crypto'
import { request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { createSigner, httpbis } from 'http-message-signatures'
import { afterEach, describe, expect, test } from 'vitest'
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
import type { ConsumerSnapshot, HmacKeySnapshot } from '@/lib/snapshot/consumer-snapshot.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** Model APIs whose callers sign their requests (RFC 9421, RFC 9530), over real sockets; the client is not ours. */

let provider: ScriptedProvider
let gateway: TestGateway
afterEach(async () => {
  await gateway?.close()
  await provider?.close()
})

const beganAt = 1_800_000_000_000
let now = beganAt
const secret = 'the-secret-of-the-team-0123456789'
const usual = ['@method', '@path', '@query', 'content-digest']

function hmacKey(overrides: Partial<HmacKeySnapshot> = {}): HmacKeySnapshot {
  return {
    ...{ id: 'key_hmac', keyId: 'team', secret, components: usual, maxAgeSeconds: 300 },
    expiresAt: null,
    ...overrides,
  }
}

function consumer(name: string, ...hmacKeys: HmacKeySnapshot[]): ConsumerSnapshot {
  return { id: `con_${name}`, name, workspaceId: 'ws_test', apiKeys: [], jwts: [], hmacKeys }
}

function snapshotFor(consumers: readonly ConsumerSnapshot[], rest: StandOptions = {}) {
  const authorization = { consumerIds: consumers.map(({ id }) => id) }
  const api = { authorization, ...rest.api }
  return modelSnapshot(`${provider.url}/v1`, { ...rest, api, snapshot: { consumers, ...rest.snapshot } })
}

async function stand(consumers: readonly ConsumerSnapshot[], rest: StandOptions = {}): Promise<void> {
  now = beganAt
  provider = await startProvider((_, response) => sendJson(response, completion('Hello')))
  gateway = await startGateway(snapshotFor(consumers, rest), { now: () => now })
}

const body = JSON.stringify(chatBody)
const digestOf = (of: string) => `sha-256=:${hash('sha256', of, 'base64')}:`

interface Signing {
  readonly fields?: readonly string[]
  readonly path?: string
  readonly body?: string
  readonly keyId?: string
  readonly secret?: string
  readonly createdAt?: number
  readonly values?: Readonly<Record<string, unknown>>
  readonly label?: string
  readonly headers?: Record<string, string>
}

let serial = 0

/** What a client sends that signs as the standard says; each with a nonce of its own. */
async function signed(signing: Signing = {}) {
  const { path = '/v1/chat/completions', fields = ['@method', '@path', 'content-digest'] } = signing
  const { createdAt = now, values = {} } = signing
  serial += 1
  const message = {
    method: 'POST',
    url: `${gateway.url}${path}`,
    headers: {
      'content-type': 'application/json',
      'content-digest': digestOf(signing.body ?? body),
      ...signing.headers,
    },
  }
  const given = Object.keys(values).filter((name) => !['created', 'keyid', 'alg', 'nonce'].includes(name))
  const out = await httpbis.signMessage(
    {
      key: createSigner(signing.secret ?? secret, 'hmac-sha256', signing.keyId ?? 'team'),
      fields: [...fields],
      name: signing.label ?? 'sig',
      params: ['created', 'keyid', 'alg', 'nonce', ...given],
      paramValues: { created: new Date(createdAt), nonce: `n${serial}`, ...values },
    },
    message,
  )
  return { path, headers: out.headers as Record<string, string>, body: signing.body ?? body }
}

type Sent = Awaited<ReturnType<typeof signed>>

async function send({ path, headers, body: content }: Sent, method = 'POST', chunked = false) {
  const answer = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    const length = chunked ? {} : { 'content-length': Buffer.byteLength(content) }
    const sending = request(
      `${gateway.url}${path}`,
      { method, agent: false, headers: { ...headers, ...length } },
      resolve,
    )
    sending.on('error', reject)
    if (chunked) sending.write(content.slice(0, 5))
    sending.end(chunked ? content.slice(5) : content)
  })
  const json = JSON.parse(await text(answer))
  return answer.statusCode === 200 ? '200' : `${answer.statusCode} ${json.error.code}: ${json.error.message}`
}

const call = async (signing: Signing = {}) => send(await signed(signing))
const codeOf = (answer: string) => answer.split(':')[0]

describe('A signed request', () => {
  test('proves the consumer whose key it names', async () => {
    const other = hmacKey({ id: 'key_o', keyId: 'other', secret: 'another-secret-0123456789' })
    await stand([consumer('app', hmacKey()), consumer('other', other)])
    expect(await call()).toBe('200')
    expect(await call({ keyId: 'other', secret: other.secret })).toBe('200')
    expect(codeOf(await call({ keyId: 'other' }))).toBe('401 credential_rejected')
    expect(codeOf(await call({ keyId: 'nobody' }))).toBe('401 credential_rejected')
    expect(await call({ fields: ['@target-uri', '@method', 'content-digest', 'content-type'] })).toBe('200')
    expect(await call({ fields: ['@request-target', '@method', '@authority', 'content-digest'] })).toBe('200')
    expect(await call({ path: '/v1/chat/completions?a=1', fields: usual })).toBe('200')
    expect(await send(await signed(), 'POST', true)).toBe('200')
    expect(JSON.stringify(provider.calls)).not.toContain('keyid')
  })

  test('counts for what it covers alone', async () => {
    await stand([consumer('app', hmacKey({ components: [...usual, '@authority'] }))])
    const whole = ['@method', '@authority', '@path', '@query', 'content-digest']
    for (const left of ['@method', '@authority', '@path', '@query', 'content-digest']) {
      const fields = whole.filter((name) => name !== left)
      const answer = await call({ path: '/v1/chat/completions?a=1', fields })
      expect(codeOf(answer), left).toBe('401 credential_rejected')
      expect(answer).toContain(left)
    }
    expect(await call({ path: '/v1/chat/completions?a=1', fields: whole })).toBe('200')
  })

  test('over another request is refused', async () => {
    await stand([consumer('app', hmacKey())])
    const of = async (change: (sent: Sent) => Partial<Sent>, method?: string) => {
      const sent = await signed()
      return codeOf(await send({ ...sent, ...change(sent) }, method))
    }
    expect(await of(() => ({ path: '/v1/embeddings' }))).toBe('401 credential_rejected')
    expect(await of(() => ({ path: '/v1/chat/completions?model=gpt' }))).toBe('401 credential_rejected')
    expect(await of(() => ({ path: '/v1//chat/completions' }))).toBe('401 credential_rejected')
    expect(await of(() => ({ path: '/v1/chat/complet%69ons' }))).toBe('401 credential_rejected')
    expect(await of(() => ({}), 'PUT')).toBe('401 credential_rejected')
    expect(await of(() => ({ body: body.replace('hello', 'hallo') }))).toBe('400 digest_mismatch')
    expect(await of(() => ({ body: '' }))).toBe('400 digest_mismatch')
    const another = body.replace('hello', 'hallo')
    expect(
      await of(({ headers }) => ({
        body: another,
        headers: { ...headers, 'content-digest': digestOf(another) },
      })),
    ).toBe('401 credential_rejected')
    expect(provider.calls).toHaveLength(0)
  })

  test('counts once', async () => {
    await stand([consumer('app', hmacKey())])
    const sent = await signed()
    const answers = await Promise.all([send(sent), send(sent), send(sent)])
    expect(answers.map(codeOf).sort()).toEqual(['200', '401 signature_replayed', '401 signature_replayed'])
    gateway.apply(snapshotFor([consumer('app', hmacKey()), consumer('more')], { snapshot: { revision: 2 } }))
    expect(codeOf(await send(sent))).toBe('401 signature_replayed')
    const again = { ...sent, headers: { ...sent.headers } }
    again.headers['Signature'] = String(again.headers['Signature']).replace('=:', '= :')
    expect(codeOf(await send(again))).toBe('401 credential_rejected')
    now += 300_000
    expect(codeOf(await send(sent))).toBe('401 signature_replayed')
    now += 1_000
    expect(codeOf(await send(sent))).toBe('401 credential_expired')
    expect(provider.calls).toHaveLength(1)
  })

  test('has a time', async () => {
    await stand([consumer('app', hmacKey({ maxAgeSeconds: 10 }))])
    expect(await call({ createdAt: beganAt - 10_000 })).toBe('200')
    expect(codeOf(await call({ createdAt: beganAt - 11_000 }))).toBe('401 credential_expired')
    expect(await call({ createdAt: beganAt + 60_000 })).toBe('200')
    expect(codeOf(await call({ createdAt: beganAt + 61_000 }))).toBe('401 credential_rejected')
    expect(await call({ values: { expires: new Date(beganAt + 1_000) } })).toBe('200')
    expect(codeOf(await call({ values: { expires: new Date(beganAt) } }))).toBe('401 credential_expired')
    expect(codeOf(await call({ values: { created: null } }))).toBe('401 credential_rejected')
  })

  test('may be signed with either key while one is rotated', async () => {
    const old = hmacKey({ id: 'key_old', secret: 'the-old-secret-0123456789', expiresAt: beganAt + 1_000 })
    await stand([consumer('app', hmacKey(), old)])
    expect(await call()).toBe('200')
    expect(await call({ secret: old.secret })).toBe('200')
    now += 1_000
    expect(await call()).toBe('200')
    expect(codeOf(await call({ secret: old.secret }))).toBe('401 credential_expired')
  })

  test('without a body needs no digest, and with one it does', async () => {
    await stand([consumer('app', hmacKey())])
    const listing = await signed({ path: '/v1/models', fields: ['@method', '@path'], body: '' })
    expect(codeOf(await send(listing, 'GET'))).toBe('401 credential_rejected')
    const bare = await signed({ fields: ['@method', '@path'] })
    expect(await send(bare)).toContain('content-digest')
    const empty = await signed({ fields: ['@method', '@path'], body: '' })
    expect(codeOf(await send(empty))).toBe('400 invalid_request')
  })

  test('leaves nothing of its signature to the service, and all else', async () => {
    const upstream = {
      kind: 'addresses',
      discovery: { type: 'url', url: '' },
      tls: null,
      healthCheck: null,
      balancing: { strategy: 'round-robin' },
      passiveHealth: null,
    } as const
    await stand([consumer('app', hmacKey())])
    const discovery = { type: 'url', url: provider.url } as const
    const service: Partial<UpstreamServiceSnapshot> = { upstream: { ...upstream, discovery } }
    const rest = { service, snapshot: { revision: 2 } }
    gateway.apply(snapshotFor([consumer('app', hmacKey())], rest))
    expect(await call({ headers: { 'x-kept': 'yes' } })).toBe('200')
    const [sent] = provider.calls
    expect(sent?.headers['x-kept']).toBe('yes')
    expect(Object.keys(sent?.headers ?? {}).filter((name) => /signature|digest/.test(name))).toEqual([])
  })
})

/** Made by hand, for what no honest client would send. */
function byHand(input: string, lines: readonly string[], key = secret) {
  const base = [...lines, `"@signature-params": ${input}`].join('\n')
  const signature = createHmac('sha256', key).update(base).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'content-digest': digestOf(body),
    'signature-input': `sig=${input}`,
    signature: `sig=:${signature}:`,
  }
  return { path: '/v1/chat/completions', headers, body }
}

describe('A forged signature', () => {
  const time = beganAt / 1000
  const lines = ['"@method": POST', '"@path": /v1/chat/completions', `"content-digest": ${digestOf(body)}`]
  const list = '("@method" "@path" "content-digest")'

  test('is told from one made by hand as the standard says', async () => {
    await stand([consumer('app', hmacKey())])
    const of = async (input: string, ...rest: [(readonly string[])?, string?]) =>
      codeOf(await send(byHand(input, rest[0] ?? lines, rest[1])))
    const good = `${list};created=${time};keyid="team"`
    expect(await of(good)).toBe('200')
    expect(await of(`${list};created=${time};keyid="team";nonce="x"`, lines, 'x'.repeat(16))).toBe(
      '401 credential_rejected',
    )
    for (const input of [
      `${list};created=${time};keyid="team";alg="rsa-pss-sha512"`,
      `${list};created=${time};keyid="team";alg="none"`,
      `${list};created="${time}";keyid="team"`,
      `${list};created=${time}.5;keyid="team"`,
      `${list};keyid="team"`,
      `${list};created=-1;keyid="team"`,
      `();created=${time};keyid="team"`,
    ]) {
      expect(await of(input, input.startsWith('()') ? [] : lines), input).not.toBe('200')
    }
    expect(await of(`${list};created=${time};keyid=team`)).toBe('401 credential_rejected')
    const twice = '("@method" "@path" "content-digest" "content-digest")'
    expect(await of(`${twice};created=${time};keyid="team"`, [...lines, lines[2] ?? ''])).toBe(
      '401 credential_rejected',
    )
    expect(provider.calls).toHaveLength(1)
  })

  test('does not hide behind repeated headers', async () => {
    await stand([consumer('app', hmacKey())])
    const sent = byHand(`${list};created=${time};keyid="team";nonce="1"`, lines)
    const raw = async (extra: readonly string[]) => {
      const fields = Object.entries(sent.headers).map(([name, value]) => `${name}: ${value}`)
      const head = ['POST /v1/chat/completions HTTP/1.1', 'host: a', 'connection: close', ...fields, ...extra]
      const socket = connect(gateway.port, '127.0.0.1')
      socket.write(`${head.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      return (await text(socket)).slice(9, 12)
    }
    expect(await raw(['content-digest: sha-256=:AAAA:'])).toBe('401')
    expect(await raw(['signature-input: sig=();created=1;keyid="team"'])).toBe('401')
    expect(await raw(['signature: sig=:AAAA:'])).toBe('401')
    expect(await raw(['signature-input: other=("@method");created=1;keyid="x"'])).toBe('200')
  })

  test('of any length costs little', async () => {
    await stand([consumer('app', hmacKey())])
    const many = Array.from({ length: 400 }, (_, index) => `s${index}=();keyid="x"`).join(', ')
    const sent = byHand(`${list};created=${time};keyid="team"`, lines)
    const crowded = { ...sent.headers, 'signature-input': `${many}, ${sent.headers['signature-input']}` }
    expect(codeOf(await send({ ...sent, headers: crowded }))).toBe('401 credential_rejected')
    for (const value of ['', '"', '(((((((', 'sig', 'sig=("@method"', '\t,', 'sig=1;keyid="team"']) {
      const headers = { ...sent.headers, 'signature-input': value }
      expect(codeOf(await send({ ...sent, headers })), value).toBe('401 credential_rejected')
    }
  })
})
