import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tokenSeconds } from '@/e2e/fakes/providers/google-token-endpoint.ts'
import { createProviderServer, type ProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { createVertexFake, vertexFake } from '@/e2e/fakes/providers/vertex.ts'
import { CredentialError, type ProviderTools } from '@/lib/providers/provider.ts'
import { testTools } from '@/lib/providers/testing/send-call.ts'
import { GoogleTokenCredential } from './google-token.ts'
import { readServiceAccount } from './service-account.ts'

const [service] = vertexFake.services
const request = {
  method: 'POST',
  host: 'aiplatform.googleapis.com',
  path: '/v1/projects/{project}/x?y',
  headers: [],
  body: null,
}

describe('access tokens of a service account', () => {
  let server: ProviderServer
  let now: number
  let tokenServerNow: () => number
  let tools: ProviderTools

  beforeEach(async () => {
    now = Date.UTC(2026, 0, 5, 9)
    tokenServerNow = () => now
    server = await createProviderServer(createVertexFake(() => tokenServerNow()))
    tools = { now: () => now, fetch: testTools.fetch }
  })
  afterEach(() => server.close())

  const credential = (earlySeconds = 60, key = service?.key ?? '', own = tools) =>
    new GoogleTokenCredential(readServiceAccount(key.replaceAll('{origin}', server.url)), own, earlySeconds)
  const exchanges = () => server.calls.filter(({ url }) => url.pathname === '/token').length
  const exchangesReach = async (count: number) => {
    await expect.poll(exchanges).toBe(count)
    // The answer is on its way when the endpoint has noted the call: two turns bring it home.
    await tools.fetch({ url: `${server.url}/nothing`, method: 'GET', headers: [], body: null })
  }

  it('come from one exchange, however many requests wait for it, and complete the path with the project', async () => {
    const tokens = credential()
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.authorize(request)))
    expect(exchanges()).toBe(1)
    expect(new Set(all.map(({ headers }) => headers.join(' '))).size).toBe(1)
    expect(all[0]?.headers[1]).toMatch(/^Bearer ya29\./)
    expect(all[0]?.path).toBe('/v1/projects/sample-project/x?y')
  })

  it('are kept, without a promise, until shortly before their end', async () => {
    const tokens = credential(300)
    await tokens.authorize(request)
    now += (tokenSeconds - 301) * 1000
    expect(tokens.authorize(request)).not.toBeInstanceOf(Promise)
    expect(exchanges()).toBe(1)
    now += 1000
    expect(tokens.authorize(request)).not.toBeInstanceOf(Promise)
    await exchangesReach(2)
    now += 400_000
    expect(tokens.authorize(request)).not.toBeInstanceOf(Promise)
    expect(exchanges()).toBe(2)
  })

  it('serve to their end while the token server fails', async () => {
    const tokens = credential()
    await tokens.authorize(request)
    server.fault = () => ({ status: 503 })
    now += (tokenSeconds - 30) * 1000
    expect(tokens.authorize(request)).not.toBeInstanceOf(Promise)
    await exchangesReach(2)
    expect(tokens.authorize(request)).not.toBeInstanceOf(Promise)
    now += 31_000
    await expect(tokens.authorize(request)).rejects.toThrow(/Try again later/)
  })

  it('are not asked for in a storm: a failure stands for a second, then two, at most 30', async () => {
    server.fault = () => ({ status: 500 })
    const tokens = credential()
    const refused = async () => {
      const error: unknown = await Promise.resolve(tokens.authorize(request)).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(CredentialError)
      expect(error).toMatchObject({ isRefused: false })
    }
    await Promise.all(Array.from({ length: 20 }, refused))
    expect(exchanges()).toBe(1)
    for (const [afterMs, count] of [
      [999, 1],
      [1, 2],
      [1999, 2],
      [1, 3],
      [4000, 4],
      [8000, 5],
      [16_000, 6],
      [29_999, 6],
      [1, 7],
      [30_000, 8],
    ] as const) {
      now += afterMs
      await refused()
      expect(exchanges(), `after ${afterMs} ms`).toBe(count)
    }
    server.fault = null
    now += 30_000
    expect((await tokens.authorize(request)).headers[1]).toMatch(/^Bearer/)
  })

  it('are refused to a key that Google does not know, in words that hold no secret', async () => {
    const file = JSON.parse(service?.key ?? '{}')
    const tokens = credential(60, JSON.stringify({ ...file, private_key_id: 'retired' }))
    const error = await Promise.resolve(tokens.authorize(request)).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'CredentialError', isRefused: true })
    expect(error.message).toBe(
      'Google refuses the service account: invalid_grant (400). Check that its key is active, and that the node’s clock is right.',
    )
  })

  it('are refused to a clock that is wrong', async () => {
    const right = now
    tokenServerNow = () => right
    now += 3_600_000
    await expect(credential().authorize(request)).rejects.toMatchObject({ isRefused: true })
  })

  it('cannot be had from a server that is away, or that answers a page', async () => {
    const away = { ...tools, fetch: () => Promise.reject(new Error('connect ECONNREFUSED')) }
    const error = await Promise.resolve(credential(60, undefined, away).authorize(request)).catch(
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ isRefused: false, message: expect.stringMatching(/could not be asked/) })
    server.fault = () => 'html'
    await expect(credential().authorize(request)).rejects.toThrow('answered without a token')
  })
})
