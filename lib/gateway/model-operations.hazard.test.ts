import { afterEach, expect, test } from 'vitest'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import {
  chatBody,
  completion,
  type StandOptions,
  sendJson,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(options: StandOptions) {
  const provider = await startProvider((_call, response) => sendJson(response, completion('Hi.')))
  closers.push(provider.close)
  const gateway = await startModelGateway(`${provider.url}/v1`, options)
  closers.push(gateway.close)
  return { provider, port: gateway.port }
}

test('a route that is off is none, and those that are on are named', async () => {
  const { provider, port } = await start({ api: { disabledRoutes: ['completions', 'embeddings'] } })
  expect((await callJson(port, '/v1/chat/completions', chatBody)).status).toBe(200)
  const off = await callJson(port, '/v1/completions', { model: 'qwen3-8b', prompt: 'hello' })
  expect(off.status).toBe(404)
  expect(JSON.parse(off.body).error).toMatchObject({
    code: 'route_not_found',
    message: 'This API has no such route. It answers at POST /v1/chat/completions, GET /v1/models.',
  })
  expect(provider.calls.length).toBe(1)
})

test('an API for embeddings answers nothing else', async () => {
  const { provider, port } = await start({ api: { useCase: 'embedding' } })
  const body = { model: 'qwen3-8b', input: 'hello' }
  expect((await callJson(port, '/v1/embeddings', body)).status).toBe(200)
  expect((await callJson(port, '/v1/chat/completions', chatBody)).status).toBe(404)
  expect(provider.calls.map(({ url }) => url)).toEqual(['/v1/embeddings'])
})

test('an API that is off refuses whatever is asked of it, and is named', async () => {
  const { provider, port } = await start({ api: { enabled: false } })
  for (const answer of [
    await callJson(port, '/v1/chat/completions', chatBody),
    await callJson(port, '/v1/nowhere', chatBody),
    await call(port, '/v1/models', { method: 'GET' }),
  ]) {
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body).error).toMatchObject({
      code: 'model_api_disabled',
      message: expect.stringContaining('The Model API chat,'),
    })
  }
  expect(provider.calls).toEqual([])
})

test('an API that is off tells strangers nothing', async () => {
  const { port } = await start({ api: { enabled: false, authorization: { consumerIds: [] } } })
  const answer = await callJson(port, '/v1/chat/completions', chatBody)
  expect(answer.status).toBe(401)
  expect(answer.body).not.toContain('chat')
})
