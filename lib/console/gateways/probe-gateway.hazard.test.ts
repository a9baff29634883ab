import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { probeGateway } from './probe-gateway.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const probe = (port: number, timeoutMs = 5000) =>
  probeGateway({ host: '127.0.0.1', port, name: 'gw.test', isTls: false, timeoutMs })
const detailsOf = ({ steps }: Awaited<ReturnType<typeof probe>>) =>
  steps.map(({ step, ok, detail }) => `${step} ${ok} ${detail}`)

function gatewayThatAnswers(status: number, headers: Record<string, string>) {
  const asked: (string | undefined)[] = []
  const server = createHttpServer(({ headers: { host }, url }, answer) => {
    asked.push(`${host} ${url}`)
    answer.writeHead(status, headers).end('{}')
  })
  return { server, asked }
}

/** It reads what comes, or it would never notice that the other side has left. */
function serverThat(does: (socket: Socket) => void): Server {
  return createServer((socket) => {
    socket.on('error', () => undefined).resume()
    does(socket)
  })
}

test('a gateway that answers is reached, under the name that callers use', async () => {
  const { server, asked } = gatewayThatAnswers(404, { 'x-switchyard-error-source': 'client' })
  const port = await listen(server)
  const found = await probe(port)
  expect(found).toMatchObject({ outcome: 'reached', from: '127.0.0.1' })
  expect(detailsOf(found)).toEqual([
    'resolve true 127.0.0.1',
    `connect true 127.0.0.1 port ${port}`,
    'http true Answered 404 by the gateway',
  ])
  expect(asked).toEqual(['gw.test /'])
})

test('a whitelist that works is told from a gateway that is away', async () => {
  const { server } = gatewayThatAnswers(403, { 'x-switchyard-error-source': 'client' })
  const port = await listen(server)
  expect(await probe(port)).toMatchObject({ outcome: 'refused' })
  await new Promise((resolve) => servers.pop()?.close(resolve))
  const away = await probe(port)
  expect(away.outcome).toBe('unreachable')
  expect(detailsOf(away).at(-1)).toBe('connect false Connection refused')
})

test('another program on the port is no gateway, and a redirect is not followed', async () => {
  const { server, asked } = gatewayThatAnswers(302, { location: 'http://127.0.0.1:1/' })
  const found = await probe(await listen(server))
  expect(found.outcome).toBe('unreachable')
  expect(detailsOf(found).at(-1)).toBe('http false Answered 302, but not by the gateway')
  expect(asked).toHaveLength(1)
})

test('a port that says nothing, says nonsense or hangs up gets its sentence, and ends', async () => {
  const ended = async (server: Server, timeoutMs?: number) =>
    detailsOf(await probe(await listen(server), timeoutMs)).at(-1)
  expect(
    await ended(
      serverThat(() => undefined),
      50,
    ),
  ).toBe('http false No answer within 0.05 s')
  expect(await ended(serverThat((socket) => socket.end('SSH-2.0-x\r\n\r\n')))).toBe(
    'http false What answered does not speak HTTP',
  )
  expect(await ended(serverThat((socket) => socket.end()))).toBe('http false Closed without an answer')
})

test('a name without an address ends at the first step', async () => {
  const found = await probeGateway({
    host: 'nobody.invalid',
    port: 1,
    name: 'nobody.invalid',
    isTls: false,
    timeoutMs: 5000,
  })
  expect(found).toMatchObject({ from: null, outcome: 'unreachable', steps: [{ step: 'resolve', ok: false }] })
})
