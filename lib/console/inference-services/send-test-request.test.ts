import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { sendTestRequest } from './send-test-request.ts'

const servers: http.Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function serve(answer: http.RequestListener): Promise<string> {
  const server = http.createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const call = { method: 'POST', token: 'secret', body: '{}', requestId: 'req_12345678' } as const

test('carries token, request id and body, and times the answer', async () => {
  const url = await serve((request, response) => {
    response.setHeader('x-request-id', String(request.headers['x-request-id']))
    response.end(`${request.method} ${request.headers.authorization} ${request.headers['content-type']}`)
  })
  const result = await sendTestRequest({ ...call, url })
  expect(result).toMatchObject({
    status: 200,
    requestId: 'req_12345678',
    body: 'POST secret application/json',
    truncated: false,
    failure: null,
  })
  expect(result.durationMs).toBeGreaterThan(0)
})

test('shows 2 KiB of a stream that never ends, and hangs up', async () => {
  let left = false
  const url = await serve((_request, response) => {
    response.write('x'.repeat(3000))
    response.on('close', () => {
      left = true
    })
  })
  const result = await sendTestRequest({ ...call, url })
  expect(result).toMatchObject({ status: 200, truncated: true })
  expect(result.body).toHaveLength(2048)
  await expect.poll(() => left).toBe(true)
})

test('names the address that refuses the connection', async () => {
  const url = await serve(() => {})
  await new Promise((resolve) => servers.splice(0)[0]?.close(resolve))
  const result = await sendTestRequest({ ...call, url })
  expect(result).toMatchObject({ status: null, failure: `Connection refused at ${new URL(url).host}` })
})
