import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import net, { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startConsole, type TestConsole } from '@/lib/gateway/testing/start-console.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'

const nodeToken = 't'.repeat(40)
const root = join(import.meta.dirname, '../..')
let folder = ''
let bundle = ''
let consoleServer: TestConsole
let upstream: Upstream
const children: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-start-'))
  // Next to node_modules, where the external packages are found.
  bundle = join(root, 'node_modules', '.cache', `gateway-node-${process.pid}.mjs`)
  await build({
    entryPoints: [join(root, 'lib/gateway/start.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    alias: { '@': root },
    logLevel: 'silent',
  })
  consoleServer = await startConsole(nodeToken)
  upstream = await startUpstream((_request, response) => void response.end('served'))
  consoleServer.publish(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)] })] }),
  )
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

afterAll(async () => {
  await consoleServer.close()
  await upstream.close()
  await rm(folder, { recursive: true })
  await rm(bundle, { force: true })
})

function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [bundle, ...args], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      SWITCHYARD_NODE_TOKEN: nodeToken,
      SWITCHYARD_CONSOLE_URL: consoleServer.url,
      SWITCHYARD_DATA_DIR: folder,
      SWITCHYARD_GATEWAY_BIND: '127.0.0.1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  children.push(child)
  const seen = {
    stdout: '',
    stderr: '',
    ready: null as null | { ports: Record<string, number> },
    code: undefined as unknown,
  }
  child.stdout?.on('data', (bytes: Buffer) => {
    seen.stdout += bytes
  })
  child.stderr?.on('data', (bytes: Buffer) => {
    seen.stderr += bytes
  })
  child.on('message', (message: { type: string }) => {
    if (message.type === 'ready') seen.ready = message as unknown as typeof seen.ready
  })
  child.on('exit', (code) => {
    seen.code = code
  })
  return { child, seen }
}

const anyPorts = [
  ...['--gateway', 'shared', '--node', 'node_x', '--internet-port', '0', '--vpc-port', '0'],
  ...['--internet-tls-port', '0', '--vpc-tls-port', 'off'],
]

test('the bundled program says that it is ready, serves, and leaves in order on SIGTERM', async () => {
  const { child, seen } = run(anyPorts)
  await until(() => seen.ready !== null, 'the node was ready')
  expect(seen.ready).toMatchObject({
    type: 'ready',
    ports: { internet: expect.any(Number), vpc: expect.any(Number), 'internet-tls': expect.any(Number) },
  })
  expect(seen.ready?.ports).not.toHaveProperty('vpc-tls')
  await until(
    () => consoleServer.reports.some(({ nodeId, revision }) => nodeId === 'node_x' && revision === 1),
    'it runs 1',
  )
  const response = await fetch(`http://127.0.0.1:${seen.ready?.ports['internet']}/api/predict/demo/`, {
    headers: { authorization: testToken },
  })
  expect(await response.text()).toBe('served')
  child.kill('SIGTERM')
  await until(() => seen.code === 0, 'it exited with 0')
  expect(seen.stdout).toContain('gateway node is ready')
  expect(seen.stdout).not.toContain(testToken)
  expect(consoleServer.reports.at(-1)).toMatchObject({ state: 'draining', version: '0.1.0' })
})

test('a taken port ends it with code 2 and one clear line', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const { seen } = run([...anyPorts, '--internet-port', String(port)])
  await until(() => seen.code === 2, 'it exited with 2')
  expect(seen.stderr).toBe(
    `Port ${port} is taken by another program. Stop it, or give the gateway another port.\n`,
  )
  await new Promise((resolve) => server.close(resolve))
})

test('a missing node token ends it with a line that says so', async () => {
  const { seen } = run(anyPorts, { SWITCHYARD_NODE_TOKEN: '' })
  await until(() => seen.code === 1, 'it exited with 1')
  expect(seen.stderr).toContain('SWITCHYARD_NODE_TOKEN is not set')
})

test('it leaves when its supervisor is gone', async () => {
  const { child, seen } = run(anyPorts)
  await until(() => seen.ready !== null, 'the node was ready')
  child.disconnect()
  await until(() => seen.code === 0, 'it exited')
})

test('below a supervisor it serves the doors that it is told of, as they come and go, and tells its load', async () => {
  const { child, seen } = run(['--gateway', 'shared', '--node', 'node_ipc', '--listeners', 'ipc'])
  const told: Array<{ type: string; revision?: number | null; utilization?: number }> = []
  child.on('message', (message) => told.push(message as (typeof told)[number]))
  const wants = () => told.some(({ type, revision }) => type === 'listeners-wanted' && revision === 1)
  await until(wants, 'it asked for sockets with a snapshot to serve')
  const [internet, vpc] = [bindTcp(), bindTcp()]
  child.send({ type: 'doors', doors: ['internet'] })
  await new Promise((resolve) => child.send({ type: 'listener', door: 'internet' }, internet.handle, resolve))
  await until(() => seen.ready !== null, 'it was ready')
  expect(seen.ready?.ports).toMatchObject({ internet: internet.port })
  expect((await fetch(`http://127.0.0.1:${internet.port}/`)).status).toBe(404)
  await until(() => told.some(({ type }) => type === 'load'), 'it told its load')
  expect(told.find(({ type }) => type === 'load')?.utilization).toBeLessThanOrEqual(1)

  internet.handle.close()
  child.send({ type: 'doors', doors: ['vpc', 'of-the-future'] })
  child.send({ type: 'listener', door: 'vpc' }, vpc.handle)
  const described = () =>
    consoleServer.reports.findLast(({ nodeId }) => nodeId === 'node_ipc')?.listeners.map(({ port }) => port)
  await until(() => described()?.join() === String(vpc.port), 'it reports the new door alone')
  expect((await fetch(`http://127.0.0.1:${vpc.port}/`)).status).toBe(404)
  await expect(RawClient.open(internet.port)).rejects.toThrow('ECONNREFUSED')
  vpc.handle.close()
})

/** As a supervisor holds a port: bound, and not listening. */
function bindTcp(): { handle: Server; port: number } {
  type Create = (...at: unknown[]) => Server & { getsockname(address: { port?: number }): number }
  const handle = (net as unknown as { _createServerHandle: Create })._createServerHandle(
    '127.0.0.1',
    0,
    4,
    -1,
    0,
  )
  const bound: { port?: number } = {}
  handle.getsockname(bound)
  return { handle, port: bound.port ?? 0 }
}
