import http from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { type ConsoleServer, createConsoleServer } from './console-server.ts'
import { provideShutdownHooks, runShutdownHooks } from './shutdown-hooks.ts'

let running: ConsoleServer | undefined
afterEach(() => running?.close(0))

const agent = new http.Agent({ keepAlive: true })

function get(port: number): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    http.get({ host: '127.0.0.1', port, agent }, resolve).once('error', reject)
  })
}

test('closing finishes the answer under way and ends kept-alive connections', async () => {
  let answer: () => void = () => {}
  const server = await createConsoleServer({
    at: { host: '127.0.0.1', port: 0 },
    handle: (_request, response) => {
      answer = () => response.end('done')
      response.writeHead(200).flushHeaders()
    },
  })
  running = server
  const response = await get(server.port)
  const closed = server.close(10_000)
  answer()
  const body = await response.setEncoding('utf8').toArray()
  expect(body.join('')).toBe('done')
  await closed
})

test('a request without an answer is waited for, a stream is not', async () => {
  let answer: () => void = () => {}
  const asked: unknown[] = []
  running = await createConsoleServer({
    at: { host: '127.0.0.1', port: 0 },
    handle: (request, response) => {
      asked.push(request.url)
      if (request.url === '/stream') response.writeHead(200).flushHeaders()
      else answer = () => response.end()
    },
  })
  const { port } = running
  http.get({ host: '127.0.0.1', port, path: '/stream' }, (response) => response.on('error', () => {}))
  const slow = new Promise((resolve) => http.get({ host: '127.0.0.1', port, path: '/slow' }, resolve))
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  let done = false
  const answered = running.answered(10_000).then(() => {
    done = true
  })
  expect(done).toBe(false)
  answer()
  await slow
  await answered
  expect(done).toBe(true)
})

test('what is left after the drain time is cut', async () => {
  running = await createConsoleServer({
    at: { host: '127.0.0.1', port: 0 },
    handle: (_request, response) => response.writeHead(200).flushHeaders(),
  })
  const response = await get(running.port)
  const cut = new Promise((resolve) => response.once('error', resolve))
  response.resume()
  await running.close(20)
  expect(await cut).toBeInstanceOf(Error)
})

test('one broken hook does not keep the others from running', async () => {
  provideShutdownHooks()
  const hooks = (globalThis as { __switchyardShutdown?: Set<() => unknown> }).__switchyardShutdown
  const ran: string[] = []
  const reported: unknown[] = []
  hooks?.add(() => {
    throw new Error('broken')
  })
  hooks?.add(() => ran.push('second'))
  await runShutdownHooks((error) => reported.push(error))
  hooks?.clear()
  expect(ran).toEqual(['second'])
  expect(reported).toHaveLength(1)
})
