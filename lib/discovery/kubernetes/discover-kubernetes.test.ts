import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  createKubernetesServer,
  type KubernetesServer,
  type KubernetesServerOptions,
} from '@/e2e/fakes/kubernetes-server.ts'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { type Followed, follow } from '@/lib/discovery/testing/follow.ts'
import { startAnswering } from '@/lib/discovery/testing/start-answering.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'
import type { KubernetesAccess, KubernetesDiscovery } from '@/lib/snapshot/discovery-snapshot.ts'
import { createKubernetesDiscovery, type KubernetesDiscoveryOptions } from './discover-kubernetes.ts'

const closing: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const http = [{ name: 'http', port: 8000 }]

async function startServer(options: KubernetesServerOptions = {}): Promise<KubernetesServer> {
  const server = await createKubernetesServer(options)
  closing.push(() => server.close())
  server.state.putService('default', 'chat', [{ name: 'http', port: 80, targetPort: 8000 }])
  return server
}

function accessTo({ url }: KubernetesServer, access: Partial<KubernetesAccess> = {}): KubernetesAccess {
  const none = { kind: 'server', sourceId: 'src_1', url, ca: null, serverName: null } as const
  return { ...none, credential: { type: 'none' }, ...access } as KubernetesAccess
}

function watch(
  cluster: KubernetesAccess,
  target: Partial<KubernetesDiscovery> = {},
  options: KubernetesDiscoveryOptions = {},
  permits?: (address: string) => boolean,
): Followed {
  const discover = createKubernetesDiscovery({ backoff: new FullJitter(10, 50), ...options })
  const whole = {
    type: 'kubernetes',
    cluster,
    namespace: 'default',
    service: 'chat',
    port: '80',
    ...target,
  } as const
  const followed = follow(discover, whole, permits)
  closing.push(() => followed.stop())
  return followed
}

function tells(followed: Followed, endpoints: string): Promise<unknown> {
  return vi.waitFor(() => expect(followed.endpoints).toBe(endpoints), { timeout: 8_000, interval: 10 })
}

function fails(followed: Followed, reason: RegExp): Promise<unknown> {
  return vi.waitFor(() => expect(followed.failure).toMatch(reason), { timeout: 8_000, interval: 10 })
}

describe('a watch of EndpointSlices', () => {
  test('merges the slices of a service and follows each change of them', async () => {
    const server = await startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    server.state.putSlice('default', 'other', 'other-a', http, [{ address: '10.9.0.1' }])
    const followed = watch(accessTo(server))
    await tells(followed, '10.0.0.1:8000')
    server.state.putSlice(
      'default',
      'chat',
      'chat-b',
      [{ name: 'http', port: 8001 }],
      [{ address: '10.0.0.2' }],
    )
    await tells(followed, '10.0.0.1:8000 10.0.0.2:8001')
    server.state.remove('endpointslices', 'default', 'chat-a')
    await tells(followed, '10.0.0.2:8001')
    expect(server.openWatches).toBe(1)
    followed.stop()
    await vi.waitFor(() => expect(server.openWatches).toBe(0))
  })

  test('goes on from where it was when its connection is cut, without listing anew', async () => {
    const server = await startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = watch(accessTo(server))
    await vi.waitFor(() => expect(server.openWatches).toBe(1))
    server.cutConnections()
    server.state.putSlice('default', 'chat', 'chat-b', http, [{ address: '10.0.0.2' }])
    await tells(followed, '10.0.0.1:8000 10.0.0.2:8000')
    expect(server.calls.filter((call) => /endpointslices\?.*limit=/.test(call))).toHaveLength(1)
  })

  test('lists anew when where it was is too old (410), in an ERROR event of an answer 200', async () => {
    const server = await startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = watch(accessTo(server))
    await vi.waitFor(() => expect(server.openWatches).toBe(1))
    server.state.putSlice('default', 'chat', 'chat-b', http, [{ address: '10.0.0.2' }])
    await tells(followed, '10.0.0.1:8000 10.0.0.2:8000')
    server.cutConnections()
    server.state.remove('endpointslices', 'default', 'chat-a')
    server.state.compact()
    await tells(followed, '10.0.0.2:8000')
    expect(followed.updates.filter(({ kind }) => kind === 'failed').length).toBeLessThan(20)
  })

  test('resumes after a window from the bookmark that it was told', async () => {
    const server = await startServer({ bookmarkMs: 20 })
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = watch(accessTo(server), {}, { windowSeconds: 1 })
    await tells(followed, '10.0.0.1:8000')
    for (let index = 0; index < 5; index++) server.state.putNamespace(`n${index}`)
    const version = server.state.resourceVersion
    const isResumed = () => server.calls.some((call) => call.endsWith(`resourceVersion=${version}`))
    await vi.waitFor(() => expect(isResumed()).toBe(true), { timeout: 8_000 })
    expect(followed.failure).toBe(null)
  })

  test('keeps the last list while the server is away, says why, and lists anew once it is back', async () => {
    const server = await startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = watch(accessTo(server))
    await tells(followed, '10.0.0.1:8000')
    await server.close()
    await fails(followed, /refused the connection|closed the connection/)
    expect(followed.endpoints).toBe('10.0.0.1:8000')
    const again = await createKubernetesServer({ port: server.port })
    closing.push(() => again.close())
    again.state.putService('default', 'chat', [{ name: 'http', port: 80 }])
    again.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.7' }])
    await tells(followed, '10.0.0.7:8000')
  })

  test('counts ready pods, and those that terminate and still serve only where no other is left', async () => {
    const server = await startServer()
    const leaving = { address: '10.0.0.2', ready: false, serving: true, terminating: true }
    const starting = { address: '10.0.0.3', ready: false }
    server.state.putSlice('default', 'chat', 'chat-a', http, [
      { address: '10.0.0.1', ready: null },
      leaving,
      starting,
    ])
    const followed = watch(accessTo(server))
    await tells(followed, '10.0.0.1:8000')
    server.state.putSlice('default', 'chat', 'chat-a', http, [leaving, starting])
    await tells(followed, '10.0.0.2:8000')
    server.state.putSlice('default', 'chat', 'chat-a', http, [starting])
    await tells(followed, '')
  })

  test('has a pod with addresses of both families once, and one with IPv6 alone by that', async () => {
    const server = await startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1', uid: 'pod-1' }])
    const six = [
      { address: 'fd00::1', uid: 'pod-1' },
      { address: 'fd00::2', uid: 'pod-2' },
    ]
    server.state.putSlice('default', 'chat', 'chat-b', http, six, 'IPv6')
    await tells(watch(accessTo(server)), '10.0.0.1:8000 [fd00::2]:8000')
  })

  test('finds a port by its name and by its number, and follows when its name changes', async () => {
    const server = await startServer()
    const slice = [
      { name: 'http', port: 8000 },
      { name: 'metrics', port: 9100 },
    ]
    server.state.putService('default', 'chat', [
      { name: 'http', port: 80 },
      { name: 'metrics', port: 9000 },
    ])
    server.state.putSlice('default', 'chat', 'chat-a', slice, [{ address: '10.0.0.1' }])
    await tells(watch(accessTo(server), { port: 'metrics' }), '10.0.0.1:9100')
    const byNumber = watch(accessTo(server), { port: '80' })
    await tells(byNumber, '10.0.0.1:8000')
    server.state.putService('default', 'chat', [{ name: 'web', port: 80 }])
    server.state.putSlice(
      'default',
      'chat',
      'chat-a',
      [{ name: 'web', port: 8080 }],
      [{ address: '10.0.0.1' }],
    )
    await tells(byNumber, '10.0.0.1:8080')
    expect(
      byNumber.updates.some((update) => update.kind === 'endpoints' && update.endpoints.length === 0),
    ).toBe(false)
  })

  test.each([
    ['a port that the service has not', { port: '8443' }, /no TCP port 8443\. It has: http \(80\)\./],
    ['a service that is not there', { service: 'gone' }, /Service gone in namespace default does not exist/],
  ])('says so of %s', async (_what, target, reason) => {
    const server = await startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    await fails(watch(accessTo(server), target), reason)
  })
})

describe('a credential', () => {
  test('that may not list is told which right lacks', async () => {
    const may = new Set(['get services'])
    const server = await startServer({ users: [{ name: 'system:serviceaccount:a:b', token: 't', may }] })
    const followed = watch(accessTo(server, { credential: { type: 'token', token: 't' } }))
    await fails(
      followed,
      /may not list endpointslices in namespace default \(403\)\. Grant get, list and watch/,
    )
    const other = watch(accessTo(server, { credential: { type: 'token', token: 'wrong' } }))
    await fails(other, /does not accept the credential \(401\)/)
  })

  test('may do without services: then the port of the slices counts', async () => {
    const may = new Set(['list endpointslices', 'watch endpointslices'])
    const basic = { username: 'u', password: 'p:w' }
    const server = await startServer({ users: [{ name: 'u', basic, may }] })
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const access = accessTo(server, { credential: { type: 'basic', ...basic } })
    await tells(watch(access, { port: '8000' }), '10.0.0.1:8000')
  })

  test('of a pod is read again for each request, so that a rotated token holds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-pod-'))
    closing.push(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'token'), 'first\n')
    await writeFile(join(folder, 'ca.crt'), '')
    const server = await startServer({ users: [{ name: 'pod', token: 'first', may: '*' }] })
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = watch(
      { kind: 'in-cluster', sourceId: 'src_1' },
      {},
      { podFiles: { folder, url: server.url }, windowSeconds: 1 },
    )
    await tells(followed, '10.0.0.1:8000')
    server.users = [{ name: 'pod', token: 'second', may: '*' }]
    await writeFile(join(folder, 'token'), 'second\n')
    server.cutConnections()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.2' }])
    await tells(followed, '10.0.0.2:8000')
  })
})

describe('TLS to an API server', () => {
  test('trusts its own authority alone, and shows a client certificate', async () => {
    const authority = new TestAuthority()
    closing.push(() => authority.close())
    const server = authority.issue({ names: ['kubernetes'] })
    const client = authority.issue({ names: ['gateway'] })
    const tls = { cert: authority.chain(server), key: server.key, clientCa: authority.root.cert }
    const users = [{ name: 'gateway', commonName: 'gateway', may: '*' }] as const
    const cluster = await startServer({ tls, users })
    cluster.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const certificate = {
      type: 'certificate',
      certificate: authority.chain(client),
      key: client.key,
    } as const
    const trusted = { ca: authority.root.cert, serverName: 'kubernetes', credential: certificate }
    await tells(watch(accessTo(cluster, trusted)), '10.0.0.1:8000')
    await fails(
      watch(accessTo(cluster, { ...trusted, ca: null })),
      /not from a trusted authority\. Give its CA/,
    )
    await fails(watch(accessTo(cluster, { ...trusted, serverName: 'other' })), /is for another name/)
  })

  test('is not begun with an address that the egress policy forbids', async () => {
    const server = await startServer()
    const followed = watch(accessTo(server), {}, {}, () => false)
    await fails(followed, /egress policy forbids the address of the API server/)
    expect(server.calls).toEqual([])
  })
})

test.each([
  ['HTML', '<html></html>', /something that is not JSON/],
  ['another JSON', '{"ok":true}', /answers no service of Kubernetes/],
])('an address that answers %s is told apart from an API server', async (_what, body, reason) => {
  const { url, close } = await startAnswering(200, body)
  closing.push(close)
  await fails(watch(accessTo({ url } as KubernetesServer)), reason)
})
