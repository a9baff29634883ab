import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import { consoleContext } from '@/lib/console/console-context.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { compileSnapshot } from '@/lib/control-plane/compile-snapshot.ts'
import { loadRows } from '@/lib/control-plane/load-rows.ts'
import type { Consumer, Credential } from '@/lib/domain/consumer.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  made,
  of,
  onModelApis,
  onServices,
  params,
  refusals,
  startWithWorkspaces,
} from './testing/ai-gateway.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as rotate from './workspaces/[workspace]/consumers/[id]/credentials/[credential]/rotate/route.ts'
import * as oneCredential from './workspaces/[workspace]/consumers/[id]/credentials/[credential]/route.ts'
import * as credentials from './workspaces/[workspace]/consumers/[id]/credentials/route.ts'
import * as consumer from './workspaces/[workspace]/consumers/[id]/route.ts'
import * as consumers from './workspaces/[workspace]/consumers/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'

/** Credentials that are no API keys. */

let publicKey: JWK
let privateKey: JWK
beforeAll(async () => {
  const pair = await generateKeyPair('ES256', { extractable: true })
  publicKey = await exportJWK(pair.publicKey)
  privateKey = await exportJWK(pair.privateKey)
})

const create = (body: object, where = params) => call(consumers.POST, 'POST', { params: where, body })
const get = (id: string) => call(consumer.GET, 'GET', { params: of(id) })
const add = (id: string, body: object) => call(credentials.POST, 'POST', { params: of(id), body })
const turn = (id: string, credential: string, body: object) =>
  call(rotate.POST, 'POST', { params: { ...of(id), credential }, body })
const end = (id: string, credential: string) =>
  call(oneCredential.DELETE, 'DELETE', { params: { ...of(id), credential } })

const secret = 'a shared secret of the issuer, 32+ bytes'
const fromSecret = { from: 'secret', secret }
const jwt = {
  ...{ type: 'jwt', keys: fromSecret, algorithms: ['HS256'], issuer: 'https://id.example.com' },
  ...{ audience: 'models', value: 'app' },
}
const hmac = { type: 'hmac', keyId: 'team-a' }
/** Those that are made in one millisecond have no order. */
function ofType<T extends Credential['type']>(app: Consumer, type: T): Extract<Credential, { type: T }> {
  return app.credentials.find((one) => one.type === type) as Extract<Credential, { type: T }>
}
const secretForm = /^ck_live_[A-Za-z0-9]{40}$/

/** As nodes get them, once an API asks its callers who they are. */
async function told() {
  const context = consoleContext()
  const gateway = await context.database.gateway.findFirstOrThrow({ where: { type: 'shared' } })
  const rows = await loadRows(context, gateway.id)
  return rows === null ? [] : compileSnapshot(rows).consumers
}

async function closedApi() {
  const service = await made(onServices.post(aiService()))
  const routing = { mode: 'single', target: { serviceId: service.id } }
  const plugins = { authorization: { enabled: true } }
  return await made(onModelApis.post({ gatewayId: 'shared', name: 'chat', routing, plugins }))
}

describeOnBothDatabases('credentials of consumers', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())

  test('are told to nodes whole, and their secrets to nobody else after the first answer', async () => {
    const { database, logged } = await start()
    await closedApi()
    const given = 'a-given-secret-of-hmac-4242'
    const app = await made(create({ name: 'app', credentials: [jwt, hmac] }))
    const [first, second] = [ofType(app, 'jwt'), ofType(app, 'hmac')]
    expect(first).toEqual({
      ...{ ...jwt, keys: { from: 'secret' }, location: { in: 'standard' }, claim: 'sub' },
      ...{ clockSkewSeconds: 60, id: first.id, createdAt: first.createdAt, expiresAt: null },
    })
    expect(second).toMatchObject({
      ...{ ...hmac, secret: expect.stringMatching(secretForm), maxAgeSeconds: 300 },
      components: ['@method', '@path', '@query', 'content-digest'],
    })
    const own = await made(add('app', { ...hmac, keyId: 'own', secret: given, maxAgeSeconds: 30 }))
    expect(own).toMatchObject({ secret: given, hint: '4242', maxAgeSeconds: 30 })
    const url = { from: 'url', jwksUrl: 'https://id.example.com/jwks.json' }
    await made(add('app', { ...jwt, keys: url, algorithms: ['RS256', 'RS256'], audience: null, value: '7' }))

    const shown = await get('app')
    expect(shown.json.credentials.map((one: { secret?: unknown }) => one.secret)).toEqual(
      expect.arrayContaining([null, null, undefined, undefined]),
    )
    const everything = [
      JSON.stringify(await database.consumerCredential.findMany()),
      JSON.stringify(await database.revisionChange.findMany()),
      shown.text,
      (await call(activity.GET, 'GET', { params })).text,
      (await call(revisions.GET, 'GET', { params: { ...params, gateway: 'shared' } })).text,
      logged.join(''),
    ].join('\n')
    for (const hidden of [secret, given, second.secret]) expect(everything).not.toContain(hidden)

    const [node] = await told()
    const byName = <One>(list: readonly One[] | undefined, name: (one: One) => string) =>
      [...(list ?? [])].sort((a, b) => name(b).localeCompare(name(a)))
    expect(byName(node?.jwts, ({ value }) => value)).toMatchObject([
      { keys: fromSecret, algorithms: ['HS256'], claim: 'sub', value: 'app', clockSkewSeconds: 60 },
      { keys: { from: 'url', url: url.jwksUrl }, algorithms: ['RS256'], audience: null, value: '7' },
    ])
    expect(byName(node?.hmacKeys, ({ keyId }) => keyId)).toMatchObject([
      { keyId: 'team-a', secret: second.secret },
      { keyId: 'own', secret: given, maxAgeSeconds: 30 },
    ])
  })

  test('refuse what would prove nothing, or the wrong one', async () => {
    await start()
    await made(create({ name: 'app', credentials: [jwt, hmac] }))
    const refused = async (body: object) => refusals(await add('app', body))
    const at = async (body: object) => Object.keys(await refused(body))
    expect(await refused(jwt)).toEqual({ value: 'taken' })
    expect(await refused(hmac)).toEqual({ keyId: 'taken' })
    expect(
      refusals(await create({ name: 'next', credentials: [{ ...jwt, audience: 'else' }, hmac] })),
    ).toEqual({ 'credentials.0.value': 'taken' })
    expect((await create({ name: 'app', credentials: [jwt, hmac] }, { workspace: 'other' })).status).toBe(201)

    expect(await at({ ...jwt, algorithms: ['none'] })).toEqual(['algorithms.0'])
    expect(await at({ ...jwt, algorithms: ['HS256', 'RS256'] })).toEqual(['algorithms.1'])
    expect(await at({ ...jwt, algorithms: ['HS512'] })).toEqual(['algorithms.0'])
    expect(await at({ ...jwt, algorithms: [] })).toEqual(['algorithms'])
    expect(await at({ ...jwt, keys: { from: 'secret', secret: 'short' } })).toEqual(['keys.secret'])
    expect(await at({ ...jwt, audience: undefined })).toEqual(['audience'])
    expect(await at({ ...jwt, location: { in: 'header', name: 'Signature' } })).toEqual(['location.name'])
    for (const jwksUrl of ['ftp://a/b', 'https://user:word@a/b', 'https://a/b#c', 'https://']) {
      const keys = { from: 'url', jwksUrl }
      expect(await at({ ...jwt, keys, algorithms: ['RS256'] }), jwksUrl).toEqual(['keys.jwksUrl'])
    }
    expect(await at({ ...hmac, keyId: 'a b' })).toEqual(['keyId'])
    expect(await at({ ...hmac, keyId: 'b', secret: 'too short' })).toEqual(['secret'])
    expect(await at({ ...hmac, keyId: 'b', components: ['@method', 'content-digest'] })).toEqual([
      'components',
    ])
    expect(await at({ ...hmac, keyId: 'b', maxAgeSeconds: 3601 })).toEqual(['maxAgeSeconds'])
  })

  test('take public keys alone, of which one goes with each algorithm', async () => {
    await start()
    await made(create({ name: 'app' }))
    const keyed = (keys: readonly object[], algorithms: readonly string[] = ['ES256']) =>
      add('app', { ...jwt, keys: { from: 'jwks', jwks: { keys } }, algorithms })
    const at = async (...input: Parameters<typeof keyed>) => Object.keys(refusals(await keyed(...input)))
    expect(await at([privateKey])).toEqual(['keys.jwks.keys.0'])
    expect(await at([publicKey, { ...publicKey, y: 'AAAA' }])).toEqual(['keys.jwks.keys.1'])
    expect(await at([publicKey], ['ES256', 'RS256', 'ES384'])).toEqual(['algorithms.1', 'algorithms.2'])
    expect(await at([{ kty: 'RSA', n: 'w'.repeat(171), e: 'AQAB' }], ['RS256'])).toEqual(['keys.jwks.keys.0'])
    expect(await at([{ kty: 'oct', k: 'AAAA' }])).toEqual(['keys.jwks.keys.0'])
    expect(await at([])).toEqual(['keys.jwks.keys'])
    const kept = await made(keyed([{ ...publicKey, kid: 'one', x5t: 'left out' }]))
    expect(kept.keys).toEqual({ from: 'jwks', jwks: { keys: [{ ...publicKey, kid: 'one' }] } })
  })

  test('are rotated where a secret is here to rotate, under the same name', async () => {
    await start()
    await closedApi()
    const url = { from: 'url', jwksUrl: 'https://id.example.com/jwks.json' }
    const outside = { ...jwt, keys: url, algorithms: ['RS256'], value: 'outside' }
    const app = await made(create({ name: 'app', credentials: [jwt, hmac, outside, { type: 'api-key' }] }))
    const [key, signing] = [ofType(app, 'api-key'), ofType(app, 'hmac')]
    const fetched = app.credentials.find((one: Credential) => one.type === 'jwt' && one.value === 'outside')
    const token = app.credentials.find((one: Credential) => one.type === 'jwt' && one.value === 'app')
    const next = 'another shared secret of the issuer, 32+'
    expect(refusals(await turn('app', token.id, {}))).toEqual({ secret: 'missing' })
    expect(refusals(await turn('app', token.id, { secret: 'short' }))).toEqual({ secret: 'invalid' })
    expect(refusals(await turn('app', token.id, { key: next.replaceAll(' ', '-') }))).toEqual({
      key: 'unexpected',
    })
    expect(refusals(await turn('app', key.id, { secret: next }))).toEqual({ secret: 'unexpected' })
    expect((await turn('app', fetched.id, {})).status).toBe(409)

    await made(turn('app', token.id, { graceSeconds: 900, secret: next }))
    const signed = await made(turn('app', signing.id, { graceSeconds: 900 }))
    expect(signed).toMatchObject({ keyId: 'team-a', secret: expect.stringMatching(secretForm) })
    const [node] = await told()
    expect(
      node?.hmacKeys.map(({ keyId, secret: value, expiresAt }) => [keyId, value, expiresAt !== null]),
    ).toEqual(
      expect.arrayContaining([
        ['team-a', signing.secret, true],
        ['team-a', signed.secret, false],
      ]),
    )
    expect(node?.jwts.flatMap(({ keys }) => (keys.from === 'secret' ? keys.secret : []))).toEqual(
      expect.arrayContaining([secret, next]),
    )
    // The name is the new one's: it is free once that is gone, whether the old one still runs out or not.
    expect(refusals(await add('app', hmac))).toEqual({ keyId: 'taken' })
    expect((await end('app', signed.id)).status).toBe(204)
    const again = await made(add('app', hmac))
    const last = await made(turn('app', again.id, { graceSeconds: 0, secret: 'given-in-rotation-9999' }))
    expect(last).toMatchObject({ secret: 'given-in-rotation-9999', hint: '9999' })
  })
})
