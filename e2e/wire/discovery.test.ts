import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace } from '@/e2e/deploy-service.ts'
import { createKubernetesServer, type KubernetesServer } from '@/e2e/fakes/kubernetes-server.ts'
import type { KubernetesState } from '@/e2e/fakes/kubernetes-state.ts'
import { createNacosServer, type NacosServer } from '@/e2e/fakes/nacos-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import { startRequests } from '@/lib/cli/testing/traffic.ts'
import type { CreateSourceForm, Source } from '@/lib/domain/source.ts'
import type { CreateServiceForm, UpstreamService } from '@/lib/domain/upstream-service.ts'
import { type Replica, startReplica } from '@/lib/gateway/testing/endpoints-stand.ts'

/** Services whose endpoints come and go, in an installation with two node processes. */

const users = [{ name: 'reader', token: 'reader-token', may: '*' }] as const
const login = { name: 'nacos', password: 'nacos-password' }
const base = '/workspaces/discovery'
let installation: Installation
let api: ConsoleApi
let cluster: KubernetesServer
let nacos: NacosServer
const replicas: Replica[] = []

beforeAll(async () => {
  cluster = await createKubernetesServer({ users })
  nacos = await createNacosServer({ user: login, cacheMs: 1_000 })
  installation = await startInstallation({ env: { SWITCHYARD_GATEWAY_NODES: '2' } })
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'discovery')
})
afterAll(async () => {
  await installation?.stop()
  await Promise.all([cluster?.close(), nacos?.close(), ...replicas.map((replica) => replica.end())])
})

async function newReplica(): Promise<Replica> {
  const replica = await startReplica()
  replicas.push(replica)
  return replica
}

const createSource = (form: CreateSourceForm) => api.post<Source>(`${base}/sources`, form)
const read = (id: string) => api.get<UpstreamService>(`${base}/services/${id}`)
const urlOf = (name: string) => `${installation.internetUrl}/${name}/v1/chat/completions`
const headers = { 'content-type': 'application/json' }
const chatBody = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hello' }] })

/** A service, and a Model API of its name that routes to it. */
async function publish(form: CreateServiceForm): Promise<UpstreamService> {
  const service = await api.post<UpstreamService>(`${base}/services`, form)
  await api.post(`${base}/model-apis`, {
    name: form.name,
    gatewayId: 'shared',
    basePath: `/${form.name}`,
    removeBasePath: true,
    routing: { mode: 'single', target: { serviceId: service.id, model: null } },
  })
  return service
}

async function statusOf(name: string): Promise<number> {
  const answer = await fetch(urlOf(name), { method: 'POST', headers, body: chatBody })
  await answer.arrayBuffer()
  return answer.status
}

/** As all nodes together see it. */
function shows({ id }: UpstreamService, wanted: readonly Replica[], state: string): Promise<UpstreamService> {
  const ports = wanted.map(({ port }) => port).sort((one, other) => one - other)
  return until(`the console shows ${ports.join()} and ${state}`, async () => {
    const service = await read(id)
    const seen = service.nodes.map(({ url }) => Number(new URL(url).port)).sort((one, other) => one - other)
    return seen.join() === ports.join() && service.health.state === state && service
  })
}

function isCalled(replica: Replica): Promise<boolean> {
  const before = replica.calls
  return until(`${replica.port} is called`, () => replica.calls > before + 5)
}

/** A slice of its own for each replica, because each has a port of its own. */
function putPod(state: KubernetesState, { port }: Replica): void {
  state.putSlice('models', 'chat', `chat-${port}`, [{ name: 'http', port }], [{ address: '127.0.0.1' }])
}

function takePod(state: KubernetesState, { port }: Replica): void {
  state.remove('endpointslices', 'models', `chat-${port}`)
}

function placeOf({ port }: Replica) {
  const service = { namespaceId: 'public', serviceName: 'DEFAULT_GROUP@@chat', clusterName: 'DEFAULT' }
  return { ...service, ip: '127.0.0.1', port }
}

interface Registry {
  readonly name: string
  publish(): Promise<UpstreamService>
  put(replica: Replica): void
  take(replica: Replica): void
}

const kubernetes: Registry = {
  name: 'pods',
  async publish() {
    cluster.state.putNamespace('models')
    cluster.state.putService('models', 'chat', [{ name: 'http', port: 80 }])
    const connection = { kind: 'server', url: cluster.url, token: 'reader-token' } as const
    const form = {
      name: 'cluster',
      gatewayId: 'shared',
      type: 'kubernetes',
      kubernetes: { connection },
    } as const
    const { id: sourceId } = await createSource(form)
    const target = { sourceId, namespace: 'models', service: 'chat', port: 'http', healthCheck: {} }
    return publish({ name: 'pods', gatewayId: 'shared', source: 'kubernetes', kubernetes: target })
  },
  put: (replica) => putPod(cluster.state, replica),
  take: (replica) => takePod(cluster.state, replica),
}

const registry: Registry = {
  name: 'instances',
  async publish() {
    const access = { servers: [nacos.url], username: login.name, password: login.password }
    const { id: sourceId } = await createSource({
      ...{ name: 'registry', gatewayId: 'shared', type: 'nacos', nacos: access },
    })
    const target = { sourceId, service: 'chat', healthCheck: {} }
    return publish({ name: 'instances', gatewayId: 'shared', source: 'nacos', nacos: target })
  },
  put: (replica) =>
    nacos.state.put(placeOf(replica), { weight: 1, enabled: true, metadata: {}, ephemeral: false }),
  take: (replica) => nacos.state.remove(placeOf(replica)),
}

test.each([
  ['Kubernetes', kubernetes],
  ['Nacos', registry],
])(
  'endpoints of %s scale up and down under load with no failed call',
  async (what, { name, publish, put, take }) => {
    let old = await newReplica()
    put(old)
    const service = await publish()
    await until(`${name} answers`, async () => (await statusOf(name)) === 200)
    const requests = startRequests(urlOf(name), { callers: 4, pauseMs: 8, headers, body: chatBody })
    let ended = 0
    for (let round = 0; round < 4; round++) {
      const [one, other] = [await newReplica(), await newReplica()]
      put(one)
      put(other)
      await shows(service, [old, one, other], 'healthy')
      await Promise.all([isCalled(old), isCalled(one), isCalled(other)])
      take(old)
      take(one)
      await shows(service, [other], 'healthy')
      await Promise.all([old.end(), one.end()])
      ended += 2
      await isCalled(other)
      old = other
    }
    const counts = await requests.stop()
    expect([...counts.keys()]).toEqual(['200'])
    const figures = `${counts.get('200')} calls, ${ended} endpoints ended, slowest ${Math.round(requests.slowest())} ms`
    process.stdout.write(`${what}: ${figures}, failed 0\n`)
  },
  180_000,
)

test('nodes that are killed while the source is away serve what they found, which lies sealed', async () => {
  const service = await read('pods')
  const [node] = service.nodes
  const last = replicas.find(({ port }) => node?.url.endsWith(`:${port}`))
  if (last === undefined) throw new Error('No endpoint is left of the test before.')
  await cluster.close()
  await until('the console says that the source is away', async () => {
    const { health } = await shows(service, [last], 'stale')
    return health.reason === 'The API server refused the connection. Check its address and port.'
  })
  const { gateways } = await installation.pids()
  for (const pid of gateways) process.kill(pid, 'SIGKILL')
  await until('all nodes are new', async () => {
    const now = (await installation.pids()).gateways
    return now.length === gateways.length && now.every((pid) => !gateways.includes(pid))
  })
  await until('pods answers', async () => (await statusOf('pods')) === 200)
  await shows(service, [last], 'stale')
  const files = await readdir(installation.dataDir, { recursive: true })
  const stored = files.filter((file) => file.endsWith('.endpoints'))
  expect(stored).toHaveLength(2)
  for (const file of stored) {
    expect(await readFile(join(installation.dataDir, file), 'latin1')).not.toContain('127.0.0.1')
  }
  const { port, state } = cluster
  cluster = await createKubernetesServer({ port, state, users })
  const next = await newReplica()
  putPod(cluster.state, next)
  takePod(cluster.state, last)
  await shows(service, [next], 'healthy')
  expect(await statusOf('pods')).toBe(200)
}, 120_000)

test('what is wrong with a source is told with the service and the source, and its endpoints stay', async () => {
  const service = await read('pods')
  const reasonOf = (reason: RegExp) =>
    until(
      `the reason is ${reason}`,
      async () => {
        const { health } = await read('pods')
        return health.state === 'stale' && reason.test(health.reason ?? '') && health
      },
      { withinMs: 45_000 },
    )
  cluster.users = [{ ...users[0], may: new Set<string>() }]
  cluster.cutConnections()
  await reasonOf(
    /^The credential may not list endpointslices in namespace models \(403\)\. Grant get, list and watch/,
  )
  cluster.users = [{ ...users[0], token: 'renewed' }]
  await reasonOf(/does not accept the credential \(401\)/)
  const { items } = await api.get<{ items: Source[] }>(`${base}/sources?gatewayId=shared`)
  const source = items.find(({ name }) => name === 'cluster')
  expect(source?.sync).toMatchObject({ state: 'stale', reason: expect.stringContaining('401') })
  expect((await read('pods')).nodes).toEqual(
    service.nodes.map((node) => expect.objectContaining({ url: node.url })),
  )
  expect(await statusOf('pods')).toBe(200)
  cluster.users = users
  await until('it works again', async () => (await read('pods')).health.state === 'healthy', {
    withinMs: 45_000,
  })
}, 120_000)

test('an endpoint that the egress policy denies is never dialled, and one that is gone leaves a clear word', async () => {
  cluster.state.putService('models', 'metadata', [{ name: 'http', port: 80 }])
  const slice = [{ name: 'http', port: 80 }]
  cluster.state.putSlice('models', 'metadata', 'metadata-1', slice, [{ address: '169.254.169.254' }])
  const { items } = await api.get<{ items: Source[] }>(`${base}/sources?gatewayId=shared`)
  const sourceId = items.find(({ name }) => name === 'cluster')?.id ?? ''
  const target = { sourceId, namespace: 'models', service: 'metadata', port: '80' }
  const form = { name: 'metadata', gatewayId: 'shared', source: 'kubernetes', kubernetes: target } as const
  const service = await publish(form)
  await until('its endpoint is known', async () => (await read(service.id)).nodes.length === 1)
  await until('calls are refused', async () => (await statusOf('metadata')) === 502)
  cluster.state.remove('endpointslices', 'models', 'metadata-1')
  const health = await until('it is empty', async () => {
    const now = await read(service.id)
    return now.health.state === 'empty' && now.health
  })
  expect(health.reason).toBe('No endpoint was found.')
  expect(await statusOf('metadata')).toBe(503)
})
