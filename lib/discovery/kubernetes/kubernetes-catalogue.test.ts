import { afterEach, expect, test } from 'vitest'
import { createKubernetesServer, type KubernetesServerOptions } from '@/e2e/fakes/kubernetes-server.ts'
import { createCatalogue } from '@/lib/discovery/catalogue.ts'
import { startAnswering } from '@/lib/discovery/testing/start-answering.ts'
import { systemClock } from '@/lib/platform/clock.ts'

const closing: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function catalogueOf(url: string, token: string | null = null) {
  const credential = token === null ? ({ type: 'none' } as const) : ({ type: 'token', token } as const)
  const cluster = { kind: 'server', sourceId: 'src_1', url, ca: null, serverName: null, credential } as const
  return createCatalogue({ type: 'kubernetes', cluster }, { clock: systemClock, permits: () => true })
}

async function startCluster(options: KubernetesServerOptions = {}) {
  const server = await createKubernetesServer(options)
  closing.push(() => server.close())
  for (const name of ['kube-system', 'default']) server.state.putNamespace(name)
  const http = { name: 'http', port: 80 }
  server.state.putService('default', 'chat', [http, { name: 'dns', port: 53, protocol: 'UDP' }])
  server.state.putService('default', 'elsewhere', [http], 'ExternalName')
  server.state.putSlice(
    'default',
    'chat',
    'chat-a',
    [{ name: 'http', port: 8000 }],
    [{ address: '10.0.0.1' }, { address: '10.0.0.2', ready: false }],
  )
  return server
}

test('namespaces, and services with TCP ports and ready endpoints, are listed page by page', async () => {
  const server = await startCluster()
  for (let index = 0; index < 501; index++) server.state.putService('default', `s${index}`, [{ port: 1 }])
  const catalogue = catalogueOf(server.url)
  expect(await catalogue.namespaces()).toEqual([
    { name: 'default', label: 'default' },
    { name: 'kube-system', label: 'kube-system' },
  ])
  const services = await catalogue.services('default')
  expect(services).toHaveLength(502)
  expect(services[0]).toEqual({
    name: 'chat',
    group: null,
    ports: [{ name: 'http', port: 80 }],
    endpoints: 1,
  })
  expect(services[1]).toEqual({ name: 's0', group: null, ports: [{ name: null, port: 1 }], endpoints: 0 })
  const pages = server.calls.filter((call) => call.includes('/default/services?'))
  expect(pages).toHaveLength(2)
})

test('a check says the version, and which namespaces there are', async () => {
  const server = await startCluster({ version: 'v1.30.1-aliyun.1' })
  const found = {
    ok: true,
    message: null,
    version: 'v1.30.1-aliyun.1',
    namespaces: ['default', 'kube-system'],
  }
  expect(await catalogueOf(server.url).check()).toEqual(found)
})

test.each([
  ['namespaces', [], /may not list namespaces \(403\)\. Grant get, list and watch/],
  ['services', ['list namespaces'], /may not list services in namespace default \(403\)/],
  [
    'slices',
    ['list namespaces', 'list services'],
    /may not list endpointslices in namespace default \(403\)/,
  ],
])('a check names the right to %s that lacks', async (_what, may, message) => {
  const server = await startCluster({ users: [{ name: 'u', token: 't', may: new Set(may) }] })
  const { ok, message: told } = await catalogueOf(server.url, 't').check()
  expect(ok).toBe(false)
  expect(told).toMatch(message)
})

test('a check tells a wrong credential, a server that is away, and an address that is no API server', async () => {
  const server = await startCluster({ users: [{ name: 'u', token: 't', may: '*' }] })
  expect((await catalogueOf(server.url, 'x').check()).message).toMatch(
    /does not accept the credential \(401\)/,
  )
  await server.close()
  expect((await catalogueOf(server.url).check()).message).toMatch(/refused the connection/)
  const other = await startAnswering(200, '{"version":"1"}')
  closing.push(other.close)
  expect((await catalogueOf(other.url).check()).message).toMatch(/it is no API server/)
})
