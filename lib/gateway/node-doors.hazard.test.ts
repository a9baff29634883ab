import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { GatewayNode } from '@/lib/gateway/gateway-node.ts'
import { testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startConsole, type TestConsole } from '@/lib/gateway/testing/start-console.ts'
import { startStreamingModel } from '@/lib/gateway/testing/start-streaming-model.ts'
import { tlsSnapshot } from '@/lib/gateway/testing/tls-stand.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import type { DoorFollower } from '@/lib/platform/receive-listeners.ts'

const nodeToken = 't'.repeat(40)
const closers: Array<() => Promise<unknown> | unknown> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** What a supervisor holds: a bound socket, and copies of it. */
interface TcpHandle {
  getsockname(address: { port?: number }): number
  close(): void
}

function bind(): { handle: TcpHandle; port: number } {
  const create = (net as unknown as { _createServerHandle: (...at: unknown[]) => TcpHandle })
    ._createServerHandle
  const handle = create('127.0.0.1', 0, 4, -1, 0)
  const bound: { port?: number } = {}
  handle.getsockname(bound)
  return { handle, port: bound.port ?? 0 }
}

async function startNode(consoleServer: TestConsole, nodeId: string) {
  const dataDir = await mkdtemp(join(tmpdir(), 'node-doors-'))
  closers.push(() => rm(dataDir, { recursive: true }))
  const asked: Array<number | null> = []
  let follower: DoorFollower | null = null
  const node = new GatewayNode({
    gatewayId: 'gw_1',
    nodeId,
    consoleUrl: consoleServer.url,
    nodeToken,
    dataDir,
    bind: '127.0.0.1',
    doors: {},
    adminPort: 0,
    followDoors: (told) => {
      follower = told
      return (revision) => void asked.push(revision)
    },
    version: '1.2.3',
    logger: createLogger('test', 'silent'),
    drainMs: 60_000,
  })
  closers.push(() => node.stop(0))
  const started = node.start()
  await until(
    () => asked.some((revision) => revision !== null),
    'it asked for doors with a snapshot to serve',
  )
  return { node, started, supervisor: follower as unknown as DoorFollower }
}

const request = (target: string) =>
  `GET /api/predict/demo/${target} HTTP/1.1\r\nHost: one.test\r\nAuthorization: ${testToken}\r\n\r\n`

async function open(port: number): Promise<RawClient> {
  const client = await RawClient.open(port)
  closers.push(() => client.close())
  return client
}

async function setUp() {
  const model = await startStreamingModel()
  const consoleServer = await startConsole(nodeToken)
  closers.push(model.close, consoleServer.close)
  consoleServer.publish(tlsSnapshot(model.url))
  return { model, consoleServer }
}

test('doors come and go while streams run, each by itself, and reports follow', async () => {
  const { model, consoleServer } = await setUp()
  const { started, supervisor } = await startNode(consoleServer, 'node_1')
  const [internet, vpc, tls] = [bind(), bind(), bind()]
  supervisor.doors(['internet', 'vpc'])
  supervisor.listener('internet', internet.handle)
  supervisor.listener('vpc', vpc.handle)
  expect(await started).toMatchObject({ internet: internet.port, vpc: vpc.port })

  const staying = await open(internet.port)
  const leaving = await open(vpc.port)
  for (const client of [staying, leaving]) client.send(request('stream'))
  await until(() => model.streams.size === 2, 'both streams run')

  supervisor.doors(['internet', 'internet-tls'])
  supervisor.listener('internet-tls', tls.handle)
  const refused = () =>
    RawClient.open(vpc.port).then(
      (client) => client.close(),
      (error: NodeJS.ErrnoException) => error.code,
    )
  expect(await refused()).toBe('ECONNREFUSED')
  const secure = connectTls({
    port: tls.port,
    host: '127.0.0.1',
    servername: 'one.test',
    rejectUnauthorized: false,
  })
  closers.push(() => secure.destroy())
  let heard = ''
  secure.on('data', (bytes) => {
    heard += bytes
  })
  secure.write(request(''))
  await until(() => heard.includes('heard 0'), 'the new door serves')
  expect([staying.isClosed, leaving.isClosed]).toEqual([false, false])
  await until(() => {
    const described = consoleServer.reports
      .at(-1)
      ?.listeners.map(({ side, protocol, port }) => [side, protocol, port])
    const wanted = [
      ['internet', 'http', internet.port],
      ['internet', 'https', tls.port],
    ]
    return JSON.stringify(described) === JSON.stringify(wanted)
  }, 'the report lists the doors as they are now')

  model.end()
  await until(() => leaving.isClosed, 'the stream at the old door ended')
  for (const client of [staying, leaving]) expect(client.received).toMatch(/and whole\r\n0\r\n\r\n$/)
  expect(staying.isClosed).toBe(false)
  staying.send(request(''))
  await until(() => staying.received.includes('heard 0'), 'the connection at the door that stayed serves on')
})

test('a door comes back at once while its old connections still finish', async () => {
  const { model, consoleServer } = await setUp()
  const { started, supervisor } = await startNode(consoleServer, 'node_1')
  const first = bind()
  supervisor.doors(['internet'])
  supervisor.listener('internet', first.handle)
  await started
  const old = await open(first.port)
  old.send(request('stream'))
  await until(() => model.streams.size === 1, 'a stream runs')
  supervisor.doors([])
  const second = bind()
  supervisor.doors(['internet'])
  supervisor.listener('internet', second.handle)
  const client = await open(second.port)
  client.send(request(''))
  await until(() => client.received.includes('heard 0'), 'it serves')
  expect(old.isClosed).toBe(false)
  model.end()
  await until(() => old.received.endsWith('and whole\r\n0\r\n\r\n'), 'the old stream ended whole')
})

test('a TLS session that began at one node of a gateway is resumed at another', async () => {
  const { consoleServer } = await setUp()
  const ports: number[] = []
  for (const nodeId of ['node_1', 'node_2']) {
    const { started, supervisor } = await startNode(consoleServer, nodeId)
    const { handle, port } = bind()
    supervisor.doors(['internet-tls'])
    supervisor.listener('internet-tls', handle)
    await started
    ports.push(port)
  }
  const [first = 0, second = 0] = ports
  const shake = (port: number, session?: Buffer) => {
    const options = { servername: 'one.test', rejectUnauthorized: false, ...(session && { session }) }
    const socket = connectTls({ port, host: '127.0.0.1', ...options })
    closers.push(() => socket.destroy())
    return socket
  }
  const ticket = await new Promise<Buffer>((resolve) => shake(first).once('session', resolve))
  const socket = shake(second, ticket)
  await new Promise((resolve) => socket.once('secureConnect', resolve))
  expect(socket.isSessionReused()).toBe(true)
})
