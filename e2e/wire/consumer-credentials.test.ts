import { hash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSigner, httpbis } from 'http-message-signatures'
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from 'jose'
import OpenAI from 'openai'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { Consumer, Credential } from '@/lib/domain/consumer.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'

/** Tokens and signatures that clients made which nobody here wrote; everything from the console to the model is real. */

const base = '/workspaces/wire'
const providerKey = 'sk-the-key-of-the-provider-02'
const issuer = 'https://id.example.com'
let installation: Installation
let server: ModelServer
let api: ConsoleApi
let closed: ModelApi
let issuing: Server
let jwksUrl = ''
let published: object[] = []
let pair: GenerateKeyPairResult

beforeAll(async () => {
  pair = await generateKeyPair('RS256', { extractable: true })
  published = [{ ...(await exportJWK(pair.publicKey)), kid: 'one' }]
  issuing = createServer((_, response) => response.end(JSON.stringify({ keys: published })))
  await new Promise<void>((resolve) => issuing.listen(0, '127.0.0.1', resolve))
  jwksUrl = `http://127.0.0.1:${(issuing.address() as AddressInfo).port}/jwks.json`
  server = await createModelServer({ apiKey: providerKey })
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'wire')
  const ai = { provider: 'openai-compatible', baseUrl: `${server.url}/v1`, apiKeys: [providerKey] }
  const service = await api.post<UpstreamService>(`${base}/services`, {
    ...{ name: 'model', gatewayId: 'shared', source: 'ai' },
    ai,
  })
  closed = await api.post<ModelApi>(`${base}/model-apis`, {
    ...{ name: 'closed', gatewayId: 'shared', basePath: '/closed', removeBasePath: true },
    routing: { mode: 'single', target: { serviceId: service.id, model: null } },
    plugins: { authorization: { enabled: true } },
  })
})
afterAll(async () => {
  await installation?.stop()
  await server?.close()
  issuing?.close()
  issuing?.closeAllConnections()
})

function create(name: string, credential: object): Promise<Consumer> {
  const body = { name, modelApiIds: [closed.id], credentials: [credential] }
  return api.post<Consumer>(`${base}/consumers`, body)
}

function tokenOf(sub: string, keys: GenerateKeyPairResult, kid: string): Promise<string> {
  const token = new SignJWT().setProtectedHeader({ alg: 'RS256', kid }).setIssuer(issuer)
  return token.setAudience('models').setSubject(sub).setExpirationTime('10 minutes').sign(keys.privateKey)
}

/** The status that a client of OpenAI gets with this as its API key. */
async function ask(token: string): Promise<number> {
  const baseURL = `${installation.internetUrl}/closed/v1`
  const client = new OpenAI({ baseURL, apiKey: token, maxRetries: 0, timeout: 30_000 })
  const messages = [{ role: 'user' as const, content: 'Hello' }]
  try {
    await client.chat.completions.create({ model: 'sample-model', messages })
    return 200
  } catch (error) {
    if (error instanceof OpenAI.APIError && typeof error.status === 'number') return error.status
    throw error
  }
}

const jwt = (value: string) => ({
  ...{ type: 'jwt', keys: { from: 'url', jwksUrl }, algorithms: ['RS256'], issuer, audience: 'models' },
  value,
})

test('a token of an issuer proves the consumer that it names', async () => {
  await create('other-team', jwt('other'))
  const team = await create('team', jwt('team'))
  const token = await tokenOf('team', pair, 'one')
  await until('the token is admitted', async () => (await ask(token)) === 200)
  expect(await ask(await tokenOf('other', pair, 'one'))).toBe(200)
  expect(await ask(await tokenOf('nobody', pair, 'one'))).toBe(401)
  const stranger = await generateKeyPair('RS256')
  expect(await ask(await tokenOf('team', stranger, 'one'))).toBe(401)
  expect(await ask(await tokenOf('team', stranger, 'two'))).toBe(401)
  await api.delete(`${base}/consumers/${team.id}`)
  await until('the consumer is gone', async () => (await ask(token)) === 401)
})

test('a token of a secret is admitted by either secret while it is rotated', async () => {
  const secrets = ['the first secret of the issuer, 32+', 'the second secret of the issuer, 32+']
  const [first = '', second = ''] = secrets
  const keys = { from: 'secret', secret: first }
  const shared = await create('shared', { ...jwt('shared'), keys, algorithms: ['HS256'] })
  const signedWith = (secret: string) => {
    const token = new SignJWT({ sub: 'shared' }).setProtectedHeader({ alg: 'HS256' }).setIssuer(issuer)
    const key = new TextEncoder().encode(secret)
    return token.setAudience('models').setExpirationTime('10 minutes').sign(key)
  }
  const [before, after] = await Promise.all([signedWith(first), signedWith(second)])
  await until('the first secret counts', async () => (await ask(before)) === 200)
  expect(await ask(after)).toBe(401)
  const [credential] = shared.credentials as [Credential]
  await api.post(`${base}/consumers/shared/credentials/${credential.id}/rotate`, {
    ...{ graceSeconds: 900, secret: second },
  })
  await until('the second secret counts', async () => (await ask(after)) === 200)
  expect(await ask(before)).toBe(200)
})

const content = JSON.stringify({ model: 'sample-model', messages: [{ role: 'user', content: 'Hello' }] })

async function signed(secret: string, nonce: string) {
  const url = `${installation.internetUrl}/closed/v1/chat/completions`
  const digest = `sha-256=:${hash('sha256', content, 'base64')}:`
  const message = {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', 'content-digest': digest },
  }
  const signing = {
    key: createSigner(secret, 'hmac-sha256', 'signing-team'),
    fields: ['@method', '@authority', '@path', 'content-digest'],
    params: ['created', 'keyid', 'alg', 'nonce'],
    paramValues: { nonce },
  }
  const { headers } = await httpbis.signMessage(signing, message)
  return { url, headers: headers as Record<string, string> }
}

async function send({ url, headers }: Awaited<ReturnType<typeof signed>>, body = content) {
  const answer = await request(url, { method: 'POST', headers, body, headersTimeout: 30_000 })
  return { status: answer.statusCode, text: await answer.body.text() }
}

test('a signed request is admitted once, and with its own body alone', async () => {
  const team = await create('signing', {
    ...{ type: 'hmac', keyId: 'signing-team' },
    components: ['@method', '@authority', '@path', '@query', 'content-digest'],
  })
  const [credential] = team.credentials
  const secret = credential?.type === 'hmac' ? String(credential.secret) : ''
  expect(secret).toMatch(/^ck_live_/)
  let count = 0
  const next = () => {
    count += 1
    return signed(secret, `nonce-${count}`)
  }
  await until('the key is known', async () => (await send(await next())).status === 200)
  const once = await next()
  expect((await send(once)).status).toBe(200)
  const twice = await send(once)
  expect([twice.status, JSON.parse(twice.text).error.code]).toEqual([401, 'signature_replayed'])
  const changed = await send(await next(), content.replace('Hello', 'Hallo'))
  expect([changed.status, JSON.parse(changed.text).error.code]).toEqual([400, 'digest_mismatch'])
  const stranger = await send(await signed('another-secret-of-nobody', 'x'))
  expect([stranger.status, JSON.parse(stranger.text).error.code]).toEqual([401, 'credential_rejected'])
  expect(installation.output()).not.toContain(secret)
})
