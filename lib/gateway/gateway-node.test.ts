import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { GatewayNode, type GatewayNodeOptions } from '@/lib/gateway/gateway-node.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startConsole, type TestConsole } from '@/lib/gateway/testing/start-console.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'
import { createLogger } from '@/lib/platform/logger.ts'

const nodeToken = 't'.repeat(40)
const closers: Array<() => Promise<void>> = []
let dataDir = ''
let consoleServer: TestConsole
let upstream: Upstream

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gateway-node-'))
  consoleServer = await startConsole(nodeToken)
  upstream = await startUpstream((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end('{"usage":{"prompt_tokens":3,"completion_tokens":4}}')
  })
  closers.push(() => rm(dataDir, { recursive: true }), consoleServer.close, upstream.close)
})

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function startNode(options: Partial<GatewayNodeOptions> = {}) {
  const node = new GatewayNode({
    gatewayId: 'shared',
    nodeId: 'node_1',
    consoleUrl: consoleServer.url,
    nodeToken,
    dataDir,
    bind: '127.0.0.1',
    doors: { internet: 0, vpc: 0 },
    adminPort: 0,
    version: '1.2.3',
    logger: createLogger('test', 'silent'),
    drainMs: 500,
    ...options,
  })
  closers.push(() => node.stop())
  return { node, ports: await node.start() }
}

function snapshot(revision: number, name = 'demo') {
  return makeSnapshot({
    revision,
    services: [makeService({ name, instances: [makeInstance(upstream.url)] })],
  })
}

const call = (port: number | undefined, path = '/api/predict/demo/') =>
  fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: testToken, connection: 'close' } })

test('serves what the console publishes, on both sides, and follows changes', async () => {
  consoleServer.publish(snapshot(1))
  const { node, ports } = await startNode()
  await until(() => node.revision === 1, 'revision 1 applied')
  expect((await call(ports.internet)).status).toBe(200)
  expect((await call(ports.vpc)).status).toBe(200)
  consoleServer.publish(snapshot(2, 'renamed'))
  await until(() => node.revision === 2, 'revision 2 applied')
  expect((await call(ports.internet)).status).toBe(404)
  expect((await call(ports.internet, '/api/predict/renamed/')).status).toBe(200)
})

test('reports revision, listeners, health and rolled-up requests', async () => {
  consoleServer.publish(snapshot(7))
  const { ports } = await startNode()
  await until(() => consoleServer.reports.some((report) => report.revision === 7), 'revision reported')
  await (await call(ports.internet)).text()
  await until(() => consoleServer.reports.some((report) => report.rollups.length > 0), 'rollup reported')
  const report = consoleServer.reports.find(({ rollups }) => rollups.length > 0)
  expect(report).toMatchObject({ nodeId: 'node_1', gatewayId: 'shared', version: '1.2.3', state: 'running' })
  expect(report?.listeners).toEqual([
    { side: 'internet', protocol: 'http', port: ports.internet },
    { side: 'vpc', protocol: 'http', port: ports.vpc },
  ])
  expect(report?.rollups).toMatchObject([
    { serviceId: 'eas_demo', tokenId: 'tok_demo', requests: 1, inputTokens: 3, outputTokens: 4 },
  ])
  const instances = consoleServer.reports.flatMap((sent) => sent.instances?.items ?? [])
  expect(instances).toMatchObject([{ state: 'unknown' }])
})

test('loses no counts while the console takes no reports', async () => {
  consoleServer.publish(snapshot(1))
  const { node, ports } = await startNode()
  await until(() => node.revision === 1, 'revision 1 applied')
  consoleServer.refuseReportsWith = 500
  await (await call(ports.internet)).text()
  await (await call(ports.internet)).text()
  await until(() => consoleServer.reportsRefused > 0, 'a report was refused')
  consoleServer.refuseReportsWith = null
  const counted = () =>
    consoleServer.reports.flatMap(({ rollups }) => rollups).reduce((sum, { requests }) => sum + requests, 0)
  await until(() => counted() === 2, 'both requests reported')
})

test('reports a snapshot that does not build and keeps serving the old one', async () => {
  consoleServer.publish(snapshot(1))
  const { node, ports } = await startNode()
  await until(() => node.revision === 1, 'revision 1 applied')
  consoleServer.publish(makeSnapshot({ revision: 2, trustedProxies: ['nonsense'] }))
  await until(() => consoleServer.reports.some(({ refused }) => refused?.revision === 2), 'refusal reported')
  expect((await call(ports.internet)).status).toBe(200)
})

test('reports at once that an instance is not ready any more, and why', async () => {
  upstream.server.removeAllListeners('request')
  upstream.server.on('request', (_request, response) => void response.writeHead(500).end())
  const healthCheck = { path: '/', intervalMs: 20, timeoutMs: 500, unhealthyAfter: 2, healthyAfter: 1 }
  const service = makeService({ instances: [makeInstance(upstream.url)], healthCheck })
  consoleServer.publish(makeSnapshot({ services: [service] }))
  await startNode()
  const states = () => consoleServer.reports.flatMap(({ instances }) => instances?.items ?? [])
  await until(() => states().some(({ state }) => state === 'unready'), 'unready reported')
  expect(states().at(-1)).toMatchObject({ reason: 'Answered 500', checkedAt: expect.any(Number) })
})

test('restarts and serves without its console', async () => {
  consoleServer.publish(snapshot(3))
  const first = await startNode()
  await until(() => first.node.revision === 3, 'revision 3 applied')
  await first.node.stop()
  await consoleServer.close()
  const second = await startNode()
  expect(second.node.revision).toBe(3)
  expect((await call(second.ports.internet)).status).toBe(200)
})

test('comes back to the console after the stream broke', async () => {
  consoleServer.publish(snapshot(1))
  const { node } = await startNode()
  await until(() => node.revision === 1, 'revision 1 applied')
  consoleServer.breakStreams()
  await until(() => consoleServer.streams.size === 0, 'stream gone')
  await until(() => consoleServer.streams.size === 1, 'stream back')
  consoleServer.publish(snapshot(2))
  await until(() => node.revision === 2, 'revision 2 applied')
})

test('answers its own machine: healthz, readyz, metrics', async () => {
  const { node, ports } = await startNode()
  const admin = (path: string) => fetch(`http://127.0.0.1:${ports.admin}${path}`)
  expect((await admin('/healthz')).status).toBe(200)
  expect((await admin('/readyz')).status).toBe(503)
  consoleServer.publish(snapshot(4))
  await until(() => node.revision === 4, 'revision 4 applied')
  expect((await admin('/readyz')).status).toBe(200)
  await (await call(ports.internet)).text()
  await (await fetch(`http://127.0.0.1:${ports.internet}/api/predict/demo/`)).text()
  const text = await (await admin('/metrics')).text()
  expect(text).toContain('switchyard_requests_total{service="demo",status="200"} 1')
  expect(text).toContain('switchyard_input_tokens_total{service="demo"} 3')
  expect(text).toContain('switchyard_requests_total{service="demo",status="401"} 1')
  expect(text).toContain('switchyard_gateway_errors_total{code="credential_missing"} 1')
  expect(text).toContain('switchyard_request_duration_seconds_count{service="demo"} 2')
  expect(text).toContain('switchyard_snapshot_revision 4')
})

test('a door that is not asked for does not exist', async () => {
  const { ports } = await startNode({ doors: { internet: 0 } })
  expect(ports.vpc).toBeUndefined()
  expect(ports.internet).toBeGreaterThan(0)
})

test('finishes a stream under way before it stops, and takes nothing new', async () => {
  let finish: () => void = () => {}
  upstream.server.removeAllListeners('request')
  upstream.server.on('request', (_request, response) => {
    response.write('begun ')
    finish = () => response.end('and done')
  })
  consoleServer.publish(snapshot(1))
  const { node, ports } = await startNode({ drainMs: 5_000 })
  await until(() => node.revision === 1, 'revision 1 applied')
  const response = await fetch(`http://127.0.0.1:${ports.internet}/api/predict/demo/`, {
    headers: { authorization: testToken },
  })
  const stopped = node.stop()
  await until(() => consoleServer.reports.some(({ state }) => state === 'draining'), 'draining reported')
  await expect(call(ports.internet)).rejects.toThrow()
  finish()
  expect(await response.text()).toBe('begun and done')
  await stopped
})

test('does not wait for connections that never asked for anything', async () => {
  const limits = { ...snapshot(1).limits, clientHeadersMs: 600_000 }
  consoleServer.publish({ ...snapshot(1), limits })
  const { node, ports } = await startNode({ drainMs: 600_000 })
  await until(() => node.revision === 1, 'revision 1 applied')
  const silent = connect(ports.internet ?? 0, '127.0.0.1')
  await once(silent, 'connect')
  await Promise.all([once(silent, 'close'), node.stop()])
})
