import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { apiPath, consoleApi } from './console-api.ts'
import { ConsoleApiError } from './console-api-error.ts'

interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

const received: Received[] = []
let answer: (response: ServerResponse) => void
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { method = '', url = '', headers } = request
  received.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
  answer(response)
})

beforeEach(async () => {
  received.length = 0
  answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const realFetch = fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    realFetch(`http://127.0.0.1:${port}${path}`, init),
  )
})

afterEach(async () => {
  vi.unstubAllGlobals()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('sends JSON below /api/v1 with its idempotency key', async () => {
  await consoleApi.post(apiPath('workspaces', 'acme'), { name: '推理' }, { idempotencyKey: 'k1' })
  expect(received[0]).toMatchObject({
    method: 'POST',
    url: '/api/v1/workspaces/acme',
    body: '{"name":"推理"}',
  })
  expect(received[0]?.headers).toMatchObject({ 'idempotency-key': 'k1', 'content-type': 'application/json' })
})

test('leaves empty filters out of the address and escapes the others', async () => {
  await consoleApi.get('/x', { query: { q: 'a&b', status: '', type: null, limit: 5, other: undefined } })
  expect(received[0]?.url).toBe('/api/v1/x?q=a%26b&limit=5')
})

test('escapes path segments', () => {
  expect(apiPath('workspaces', '../secrets?x')).toBe('/workspaces/..%2Fsecrets%3Fx')
})

test('a 204 is undefined', async () => {
  answer = (response) => response.writeHead(204).end()
  await expect(consoleApi.delete('/x')).resolves.toBeUndefined()
})

test('a problem becomes an error with its code, fields and request id', async () => {
  answer = (response) =>
    response.writeHead(422, { 'content-type': 'application/problem+json', 'retry-after': '12' }).end(
      JSON.stringify({
        type: '/docs/failure-modes#invalid_input',
        title: 'Some fields need attention',
        status: 422,
        detail: 'One field needs attention.',
        code: 'invalid_input',
        requestId: 'req_1',
        invalidFields: [{ path: 'instances.0.url', code: 'custom', message: 'Start with http://.' }],
      }),
    )
  const error = await consoleApi.post('/x', {}).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ConsoleApiError)
  expect(error).toMatchObject({
    code: 'invalid_input',
    status: 422,
    requestId: 'req_1',
    retryAfterSeconds: 12,
    retryable: false,
    invalidFields: [{ path: 'instances.0.url', code: 'custom', message: 'Start with http://.' }],
  })
})

test("a proxy's error page keeps its status and the request id of its header", async () => {
  answer = (response) => response.writeHead(502, { 'x-request-id': 'req_2' }).end('<h1>Bad gateway</h1>')
  const error = await consoleApi.get('/x').catch((caught: unknown) => caught)
  expect(error).toMatchObject({ code: 'unreadable', status: 502, requestId: 'req_2', retryable: true })
})

test('a success that is not JSON is an error, not undefined', async () => {
  answer = (response) => response.writeHead(200).end('<!doctype html>')
  await expect(consoleApi.get('/x')).rejects.toMatchObject({ code: 'unreadable', status: 200 })
})

test('a console that does not answer is unreachable and may be asked again', async () => {
  answer = (response) => response.socket?.destroy()
  await expect(consoleApi.get('/x')).rejects.toMatchObject({
    code: 'unreachable',
    status: 0,
    retryable: true,
  })
})

test('an abort stays an abort', async () => {
  const controller = new AbortController()
  answer = () => controller.abort()
  await expect(consoleApi.get('/x', { signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
})
