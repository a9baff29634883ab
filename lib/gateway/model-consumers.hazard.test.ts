import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import {
  chatBody,
  completion,
  modelSnapshot,
  type ScriptedProvider,
  type StandOptions,
  sendJson,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import type { TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { apiKeyDigest } from '@/lib/snapshot/api-key-digest.ts'
import type {
  ApiKeySnapshot,
  ConsumerSnapshot,
  CredentialLocation,
} from '@/lib/snapshot/consumer-snapshot.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

/** Model APIs that ask callers who they are, over real sockets. */

let provider: ScriptedProvider
let gateway: TestGateway
afterEach(async () => {
  await gateway?.close()
  await provider?.close()
})

const keyOf = (name: string) => `ck_live_of-${name}-0123456789`

function consumer(
  name: string,
  location: CredentialLocation = { in: 'standard' },
  change: Partial<ConsumerSnapshot> & { readonly expiresAt?: number } = {},
): ConsumerSnapshot {
  const { expiresAt = null, ...rest } = change
  const workspaceId = rest.workspaceId ?? 'ws_test'
  const digest = apiKeyDigest(workspaceId, keyOf(name))
  const apiKeys: ApiKeySnapshot[] = [{ id: `ck_${name}`, digest, location, expiresAt }]
  return { id: `con_${name}`, name, workspaceId, apiKeys, jwts: [], hmacKeys: [], ...rest }
}

async function stand(
  consumers: readonly ConsumerSnapshot[],
  consumerIds: readonly string[],
  options: StandOptions = {},
): Promise<void> {
  provider = await startProvider((_, response) => sendJson(response, completion('Hello')))
  gateway = await startModelGateway(`${provider.url}/v1`, {
    ...options,
    api: { authorization: { consumerIds }, ...options.api },
    snapshot: { consumers, ...options.snapshot },
  })
}

async function call(headers: Record<string, string> = {}, query = '') {
  const answer = await fetch(`${gateway.url}/v1/chat/completions${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(chatBody),
  })
  return { status: answer.status, headers: answer.headers, json: await answer.json() }
}

const bearer = (name: string) => ({ authorization: `Bearer ${keyOf(name)}` })
const codeOf = ({ json }: Awaited<ReturnType<typeof call>>) => json.error.code

describe('An API with authorization', () => {
  test('admits the granted, knows the others, and refuses strangers', async () => {
    await stand([consumer('app'), consumer('other')], ['con_app'])
    expect((await call(bearer('app'))).status).toBe(200)
    expect((await call({ 'x-api-key': keyOf('app') })).status).toBe(200)

    const known = await call(bearer('other'))
    expect([known.status, codeOf(known)]).toEqual([403, 'consumer_not_granted'])
    const stranger = await call(bearer('nobody'))
    expect([stranger.status, codeOf(stranger)]).toEqual([401, 'credential_rejected'])
    expect(stranger.headers.get('www-authenticate')).toBe('Bearer')
    const basic = await call({ authorization: `Basic ${keyOf('app')}` })
    expect([basic.status, codeOf(basic)]).toEqual([401, 'credential_rejected'])
    const nobody = await call()
    expect([nobody.status, codeOf(nobody)]).toEqual([401, 'credential_missing'])
    expect(provider.calls).toHaveLength(2)
    expect(JSON.stringify(provider.calls)).not.toContain('ck_live_')
  })

  test('refuses all while nobody is granted, and before it says what it answers', async () => {
    await stand([consumer('app')], [])
    expect((await call(bearer('app'))).status).toBe(403)
    const elsewhere = await fetch(`${gateway.url}/v1/nothing`)
    expect(elsewhere.status).toBe(401)
    expect(provider.calls).toHaveLength(0)
  })

  test('takes a key that has run out for none', async () => {
    const old = consumer('old', { in: 'standard' }, { expiresAt: Date.now() - 1 })
    await stand([old], ['con_old'])
    expect(codeOf(await call(bearer('old')))).toBe('credential_expired')
  })

  test('does not know the consumers of other workspaces', async () => {
    const foreign = consumer('app', { in: 'standard' }, { workspaceId: 'ws_other' })
    await stand([foreign], ['con_app'])
    expect(codeOf(await call(bearer('app')))).toBe('credential_rejected')
  })

  test('forgets who was taken away with the next snapshot', async () => {
    await stand([consumer('app'), consumer('other')], ['con_app', 'con_other'])
    expect((await call(bearer('other'))).status).toBe(200)
    const options = {
      api: { authorization: { consumerIds: ['con_app'] } },
      snapshot: { revision: 2, consumers: [consumer('app'), consumer('other')] },
    }
    gateway.apply(modelSnapshot(`${provider.url}/v1`, options))
    expect((await call(bearer('other'))).status).toBe(403)
    const rotated = { ...consumer('app'), apiKeys: consumer('next').apiKeys }
    const second = { ...options, snapshot: { revision: 3, consumers: [rotated] } }
    gateway.apply(modelSnapshot(`${provider.url}/v1`, second))
    expect((await call(bearer('app'))).status).toBe(401)
    expect((await call(bearer('next'))).status).toBe(200)
  })
})

describe('A key of its own place', () => {
  const addresses = (url: string): Partial<UpstreamServiceSnapshot> => ({
    upstream: {
      kind: 'addresses',
      discovery: { type: 'url', url },
      tls: null,
      healthCheck: null,
      balancing: { strategy: 'round-robin' },
      passiveHealth: null,
    },
  })

  test('counts there alone, beside what clients send by themselves', async () => {
    const places = [
      consumer('header', { in: 'header', name: 'x-team-key' }),
      consumer('query', { in: 'query', name: 'team key' }),
    ]
    await stand(places, ['con_header', 'con_query'])
    expect((await call({ 'X-Team-Key': keyOf('header') })).status).toBe(200)
    expect((await call({ 'x-team-key': keyOf('header'), authorization: 'Bearer unused' })).status).toBe(200)
    expect((await call({}, `?team+key=${keyOf('query')}`)).status).toBe(200)
    expect((await call({}, `?team%20key=${keyOf('query')}`)).status).toBe(200)
    expect(codeOf(await call(bearer('header')))).toBe('credential_rejected')
    expect(codeOf(await call({}, `?team+key=${keyOf('header')}`))).toBe('credential_rejected')
    expect(codeOf(await call({ 'x-team-key': keyOf('query') }))).toBe('credential_rejected')
  })

  test('goes no further', async () => {
    const places = [
      consumer('header', { in: 'header', name: 'x-team-key' }),
      consumer('query', { in: 'query', name: 'key' }),
    ]
    await stand(places, ['con_header', 'con_query'])
    const service = addresses(provider.url)
    const api = { authorization: { consumerIds: ['con_header', 'con_query'] } }
    const snapshot = { revision: 2, consumers: places }
    gateway.apply(modelSnapshot(`${provider.url}/v1`, { service, api, snapshot }))
    const headers = { 'x-team-key': keyOf('header'), 'x-kept': 'yes' }
    expect((await call(headers, `?a=%31&key=${keyOf('query')}&b&key=`)).status).toBe(200)
    expect(provider.calls[0]?.url).toBe('/v1/chat/completions?a=%31&b')
    expect(provider.calls[0]?.headers['x-kept']).toBe('yes')
    expect(JSON.stringify(provider.calls)).not.toContain('ck_live_')
  })
})

describe('The official clients', () => {
  test('of OpenAI: the key is its apiKey', async () => {
    await stand([consumer('app'), consumer('other')], ['con_app'])
    const client = (name: string) =>
      new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: keyOf(name), maxRetries: 0 })
    const ask = (name: string) =>
      client(name).chat.completions.create({
        model: 'qwen3-8b',
        messages: [{ role: 'user', content: 'hello' }],
      })
    expect((await ask('app')).choices[0]?.message.content).toBe('Hello')
    await expect(ask('other')).rejects.toBeInstanceOf(OpenAI.PermissionDeniedError)
    await expect(ask('nobody')).rejects.toBeInstanceOf(OpenAI.AuthenticationError)
  })

  test('of Anthropic: the key is its apiKey', async () => {
    await stand([consumer('app'), consumer('other')], ['con_app'], { api: { protocol: 'anthropic' } })
    const client = (name: string) =>
      new Anthropic({ baseURL: gateway.url, apiKey: keyOf(name), authToken: null, maxRetries: 0 })
    const ask = (name: string) =>
      client(name).messages.create({
        model: 'qwen3-8b',
        max_tokens: 16,
        messages: [{ role: 'user', content: 'hello' }],
      })
    expect((await ask('app')).content).toMatchObject([{ type: 'text', text: 'Hello' }])
    await expect(ask('other')).rejects.toBeInstanceOf(Anthropic.PermissionDeniedError)
    await expect(ask('nobody')).rejects.toBeInstanceOf(Anthropic.AuthenticationError)
  })
})
