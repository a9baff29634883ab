import type { RequestListener } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { EmbeddedGateway } from '@/lib/gateway/embedded-gateway.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { readBody, startUpstream } from '@/lib/gateway/testing/start-upstream.ts'
import { createLogger } from '@/lib/platform/logger.ts'

const closers: Array<() => Promise<void>> = []
const context = { side: 'internet', clientAddress: '10.1.2.3' } as const
const base = 'http://console.test/api/gateway/api/predict/demo'

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function embedded(handler: RequestListener) {
  const upstream = await startUpstream(handler)
  const gateway = new EmbeddedGateway(createLogger('test', 'silent'))
  gateway.apply(makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)] })] }))
  closers.push(upstream.close, () => gateway.close())
  return { gateway, upstream }
}

test('sends a request through the same stages, with its path and query unchanged', async () => {
  const { gateway } = await embedded(async (request, response) => {
    const body = await readBody(request)
    response.end(JSON.stringify({ url: request.url, body, from: request.headers['x-forwarded-for'] }))
  })
  const response = await gateway.handle(
    new Request(`${base}/v1/a%2Fb?x=%20`, {
      method: 'POST',
      body: 'hi',
      headers: { authorization: testToken },
    }),
    context,
  )
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ url: '/v1/a%2Fb?x=%20', body: 'hi', from: '10.1.2.3' })
})

test('refuses in the OpenAI shape', async () => {
  const { gateway } = await embedded((_request, response) => void response.end())
  const response = await gateway.handle(new Request(base), context)
  expect(response.status).toBe(401)
  expect((await response.json()).error.code).toBe('credential_missing')
})

test('streams: a chunk arrives before the next one is made', async () => {
  let next: () => void = () => {}
  const { gateway } = await embedded((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('data: 1\n\n')
    next = () => response.end('data: 2\n\n')
  })
  const response = await gateway.handle(new Request(base, { headers: { authorization: testToken } }), context)
  const reader = response.body!.getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 1\n\n')
  next()
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: 2\n\n')
  expect((await reader.read()).done).toBe(true)
})

test('cancels the upstream when the caller cancels', async () => {
  let isUpstreamGone = false
  const { gateway } = await embedded((_request, response) => {
    response.on('close', () => {
      isUpstreamGone = true
    })
    response.write('first')
  })
  const response = await gateway.handle(new Request(base, { headers: { authorization: testToken } }), context)
  await response.body!.cancel()
  await until(() => isUpstreamGone, 'the upstream was cancelled')
})

test('rejects a caller that left before the answer', async () => {
  const { gateway, upstream } = await embedded(() => {})
  const left = new AbortController()
  const request = new Request(base, { headers: { authorization: testToken }, signal: left.signal })
  const answer = gateway.handle(request, context)
  await until(() => upstream.requests.length === 1, 'the upstream got the request')
  left.abort()
  await expect(answer).rejects.toThrow()
})
