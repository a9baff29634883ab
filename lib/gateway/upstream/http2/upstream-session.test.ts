import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { UpstreamSession } from '@/lib/gateway/upstream/http2/upstream-session.ts'

const closers: Array<() => void> = []

afterEach(() => {
  for (const close of closers.splice(0).reverse()) close()
})

test('A connection that has carried its share takes nothing new, and finishes what it has', async () => {
  const server = createServer((_request, response) => void response.end('whole'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  closers.push(
    () => void server.close(),
    () => session.destroy(),
  )
  await new Promise<void>((resolve) => session.once('remoteSettings', () => resolve()))
  const upstream = new UpstreamSession(session, () => {}, 2)
  const first = upstream.request({ ':path': '/1' }, {}).resume()
  first.once('close', () => upstream.left())
  expect(upstream.hasRoom).toBe(true)
  const last = upstream.request({ ':path': '/2' }, {})
  last.once('close', () => upstream.left())
  expect(upstream.hasRoom).toBe(false)
  let body = ''
  for await (const chunk of last.setEncoding('utf8')) body += chunk
  expect(body).toBe('whole')
  await vi.waitFor(() => expect(session.destroyed).toBe(true))
})
