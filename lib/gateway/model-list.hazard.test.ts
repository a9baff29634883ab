import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { afterEach, expect, test } from 'vitest'
import { call } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'

const gateways: TestGateway[] = []

afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.close()
})

/** One API of each protocol; nobody answers at its service. */
function snapshotOf(revision: number, models: readonly string[]) {
  return makeSnapshot({
    revision,
    upstreamServices: [makeProviderService('http://127.0.0.1:9/v1', { models })],
    modelApis: [
      makeModelApi({ basePath: '/openai' }),
      makeModelApi({ id: 'mapi_claude', name: 'claude', protocol: 'anthropic', basePath: '/anthropic' }),
    ],
  })
}

async function start(): Promise<TestGateway> {
  const gateway = await startGateway(snapshotOf(1, ['qwen-max', 'qwen-plus']))
  gateways.push(gateway)
  return gateway
}

test('the models of an API are told by the gateway itself, as the vendors’ clients read them', async () => {
  const { url } = await start()
  const openai = new OpenAI({ baseURL: `${url}/openai/v1`, apiKey: 'none', maxRetries: 0 })
  expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['qwen-max', 'qwen-plus'])
  const anthropic = new Anthropic({ baseURL: `${url}/anthropic`, apiKey: 'none', maxRetries: 0 })
  const found: string[] = []
  for await (const { id } of anthropic.models.list({ limit: 1 })) found.push(id)
  expect(found).toEqual(['qwen-max', 'qwen-plus'])
})

test('the list follows the configuration, and is got alone', async () => {
  const gateway = await start()
  const path = '/openai/v1/models'
  const get = (url: string) => call(gateway.port, url, { method: 'GET' })
  const got = await get(`${path}?limit=1`)
  expect(got).toMatchObject({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } })
  const head = await call(gateway.port, path, { method: 'HEAD' })
  expect(head).toMatchObject({ status: 200, body: '' })
  expect(head.headers['content-length']).toBe(String(got.body.length))
  expect(await call(gateway.port, path, { method: 'POST' })).toMatchObject({
    status: 405,
    headers: { allow: 'GET' },
  })
  expect((await get(`${path}/qwen-max`)).status).toBe(404)
  gateway.apply(snapshotOf(2, ['qwen-max', 'qwen3']))
  const ids = JSON.parse((await get(path)).body).data.map(({ id }: { id: string }) => id)
  expect(ids).toEqual(['qwen-max', 'qwen3'])
})

test('whoever may not call the API is not told its models', async () => {
  const snapshot = makeSnapshot({
    upstreamServices: [makeProviderService('http://127.0.0.1:9/v1', { models: ['qwen-max'] })],
    modelApis: [makeModelApi({ authorization: { consumerIds: [] } })],
  })
  const gateway = await startGateway(snapshot)
  gateways.push(gateway)
  const answer = await call(gateway.port, '/v1/models', { method: 'GET' })
  expect(answer.status).toBe(401)
  expect(answer.body).not.toContain('qwen-max')
})
