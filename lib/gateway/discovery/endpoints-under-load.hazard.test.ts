import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  createKubernetesServer,
  type KubernetesServer,
  type KubernetesServerOptions,
} from '@/e2e/fakes/kubernetes-server.ts'
import { createNacosServer, type NacosServer } from '@/e2e/fakes/nacos-server.ts'
import {
  chat,
  discoveredSnapshot,
  Load,
  portsOf,
  type Replica,
  startDiscoveredGateway,
  startReplica,
} from '@/lib/gateway/testing/endpoints-stand.ts'
import type { TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { KubernetesDiscovery, NacosDiscovery } from '@/lib/snapshot/discovery-snapshot.ts'

const closing: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const soon = { timeout: 20_000, interval: 20 }

function kubernetesAt(url: string, token = 't'): KubernetesDiscovery {
  const credential = { type: 'token', token } as const
  const cluster = { kind: 'server', sourceId: 'src_1', url, ca: null, serverName: null, credential } as const
  return { type: 'kubernetes', cluster, namespace: 'default', service: 'chat', port: '80' }
}

function nacosAt(url: string): NacosDiscovery {
  const cluster = { sourceId: 'src_1', servers: [url], namespace: '', username: null, password: null }
  return { type: 'nacos', cluster, group: 'DEFAULT_GROUP', service: 'chat' }
}

/** Every replica has a slice of its own, because each has a port of its own. */
function putReplica({ state }: KubernetesServer, { port }: Replica, conditions = {}): void {
  const endpoints = [{ address: '127.0.0.1', uid: `pod-${port}`, ...conditions }]
  state.putSlice('default', 'chat', `chat-${port}`, [{ name: 'http', port }], endpoints)
}

function takeReplica({ state }: KubernetesServer, { port }: Replica): void {
  state.remove('endpointslices', 'default', `chat-${port}`)
}

async function startCluster(options: KubernetesServerOptions = {}): Promise<KubernetesServer> {
  const server = await createKubernetesServer({ bookmarkMs: 100, ...options })
  closing.push(() => server.close())
  server.state.putService('default', 'chat', [{ name: 'http', port: 80 }])
  return server
}

function place({ port }: Replica) {
  const service = { namespaceId: 'public', serviceName: 'DEFAULT_GROUP@@chat', clusterName: 'DEFAULT' }
  return { ...service, ip: '127.0.0.1', port }
}

function register({ state }: NacosServer, replica: Replica): void {
  state.put(place(replica), { weight: 1, enabled: true, metadata: {}, ephemeral: false })
}

async function startReplicas(count: number): Promise<Replica[]> {
  const replicas = await Promise.all(Array.from({ length: count }, startReplica))
  return replicas
}

async function start(discovery: KubernetesDiscovery | NacosDiscovery): Promise<TestGateway> {
  const gateway = await startDiscoveredGateway(discovery)
  closing.push(() => gateway.close())
  return gateway
}

function knows(gateway: TestGateway, replicas: readonly Replica[]): Promise<unknown> {
  const ports = replicas.map(({ port }) => port).sort((one, other) => one - other)
  return vi.waitFor(() => expect(portsOf(gateway)).toEqual(ports), soon)
}

/** No request is under way on those that are gone: a pod has its grace period for them. */
function hasLeft(gateway: TestGateway, count: number): Promise<unknown> {
  return vi.waitFor(() => expect(gateway.pools.size).toBe(count), soon)
}

function serves(replica: Replica): Promise<unknown> {
  const before = replica.calls
  return vi.waitFor(() => expect(replica.calls).toBeGreaterThan(before + 5), soon)
}

describe('endpoints of Kubernetes under load', () => {
  test('come and go, and a pod that ends once its calls have ended costs none', async () => {
    const [first, second, third] = (await startReplicas(3)) as [Replica, Replica, Replica]
    const cluster = await startCluster()
    putReplica(cluster, first)
    const gateway = await start(kubernetesAt(cluster.url))
    await knows(gateway, [first])
    const load = new Load(gateway)
    await serves(first)
    putReplica(cluster, second)
    putReplica(cluster, third)
    await Promise.all([serves(second), serves(third)])
    putReplica(cluster, first, { ready: false, serving: true, terminating: true })
    await knows(gateway, [second, third])
    takeReplica(cluster, first)
    takeReplica(cluster, second)
    await knows(gateway, [third])
    await hasLeft(gateway, 1)
    await Promise.all([first.end(), second.end()])
    await serves(third)
    await load.stop()
    expect(load.failures).toEqual([])
    expect(load.calls).toBeGreaterThan(20)
  }, 60_000)

  test('go on through a watch that is cut, a version that is too old, and a server that is started anew', async () => {
    const [first, second, third] = (await startReplicas(3)) as [Replica, Replica, Replica]
    const cluster = await startCluster()
    putReplica(cluster, first)
    const gateway = await start(kubernetesAt(cluster.url))
    await knows(gateway, [first])
    const load = new Load(gateway)
    cluster.cutConnections()
    putReplica(cluster, second)
    await serves(second)
    cluster.cutConnections()
    takeReplica(cluster, first)
    cluster.state.compact()
    await knows(gateway, [second])
    await hasLeft(gateway, 1)
    await first.end()
    await cluster.close()
    const isStale = () => expect(gateway.shared.discovery.reportOf('svc_model')?.state).toBe('stale')
    await vi.waitFor(isStale, soon)
    await serves(second)
    const again = await startCluster({ port: cluster.port, state: cluster.state })
    putReplica(again, third)
    await serves(third)
    await load.stop()
    expect(load.failures).toEqual([])
    expect(gateway.shared.discovery.reportOf('svc_model')?.state).toBe('current')
  }, 60_000)

  test('stay through a new credential of their source, even one that does not work', async () => {
    const [first, second] = (await startReplicas(2)) as [Replica, Replica]
    const cluster = await startCluster()
    cluster.users = [{ name: 'gateway', token: 't', may: '*' }]
    putReplica(cluster, first)
    const gateway = await start(kubernetesAt(cluster.url))
    await knows(gateway, [first])
    const load = new Load(gateway)
    gateway.apply(discoveredSnapshot(kubernetesAt(cluster.url, 'wrong'), 2))
    const refused = () => expect(gateway.shared.discovery.reportOf('svc_model')?.reason).toMatch(/401/)
    await vi.waitFor(refused, soon)
    await serves(first)
    cluster.users = [{ name: 'gateway', token: 'new', may: '*' }]
    gateway.apply(discoveredSnapshot(kubernetesAt(cluster.url, 'new'), 3))
    putReplica(cluster, second)
    await serves(second)
    await load.stop()
    expect(load.failures).toEqual([])
  }, 60_000)

  test('a call under way on an endpoint that goes ends well, and then its connections are given up', async () => {
    const [first, second] = (await startReplicas(2)) as [Replica, Replica]
    const cluster = await startCluster()
    putReplica(cluster, first)
    const gateway = await start(kubernetesAt(cluster.url))
    await knows(gateway, [first])
    let letGo = () => {}
    first.held = new Promise((resolve) => {
      letGo = resolve
    })
    const underWay = chat(gateway)
    await vi.waitFor(() => expect(first.calls).toBe(1), soon)
    putReplica(cluster, second)
    await knows(gateway, [first, second])
    takeReplica(cluster, first)
    takeReplica(cluster, second)
    await knows(gateway, [])
    expect(await chat(gateway)).toMatch(/^503 /)
    // The idle one's are given up, and those in use are not.
    await hasLeft(gateway, 1)
    letGo()
    expect(await underWay).toBe('200')
    await hasLeft(gateway, 0)
  }, 60_000)
})

describe('endpoints of Nacos under load', () => {
  test('come and go, and stay while the server is away, fails, or has forgotten them for a moment', async () => {
    const [first, second, third] = (await startReplicas(3)) as [Replica, Replica, Replica]
    const nacos = await createNacosServer({ cacheMs: 1_000 })
    closing.push(() => nacos.close())
    register(nacos, first)
    const gateway = await start(nacosAt(nacos.url))
    await knows(gateway, [first])
    const load = new Load(gateway)
    register(nacos, second)
    await serves(second)
    nacos.state.remove(place(first))
    await knows(gateway, [second])
    await hasLeft(gateway, 1)
    await first.end()
    nacos.failWith = { status: 500, body: 'caused: raft not ready;' }
    const state = () => gateway.shared.discovery.reportOf('svc_model')?.state
    await vi.waitFor(() => expect(state()).toBe('stale'), soon)
    nacos.state.clear()
    nacos.failWith = null
    const asked = nacos.calls.length
    await vi.waitFor(() => expect(nacos.calls.length).toBeGreaterThan(asked), soon)
    await serves(second)
    register(nacos, second)
    register(nacos, third)
    await serves(third)
    await load.stop()
    expect(load.failures).toEqual([])
    expect(load.calls).toBeGreaterThan(20)
  }, 60_000)
})
