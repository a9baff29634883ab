import { afterEach, describe, expect, test, vi } from 'vitest'
import { createNacosServer, type NacosServer, type NacosServerOptions } from '@/e2e/fakes/nacos-server.ts'
import { createCatalogue } from '@/lib/discovery/catalogue.ts'
import { type Followed, follow } from '@/lib/discovery/testing/follow.ts'
import { startAnswering } from '@/lib/discovery/testing/start-answering.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { NacosAccess } from '@/lib/snapshot/discovery-snapshot.ts'
import { createNacosDiscovery } from './discover-nacos.ts'

const closing: Array<() => unknown> = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const user = { name: 'reader', password: 'pw' }

async function startServer(options: NacosServerOptions = {}): Promise<NacosServer> {
  const server = await createNacosServer({ cacheMs: 20, ...options })
  closing.push(() => server.close())
  return server
}

function put(
  { state }: NacosServer,
  ip: string,
  details: {
    weight?: number
    enabled?: boolean
    cluster?: string
    service?: string
    namespace?: string
  } = {},
): void {
  const { weight = 1, enabled = true, cluster = 'DEFAULT', service = 'chat', namespace = 'public' } = details
  const place = {
    namespaceId: namespace,
    serviceName: `DEFAULT_GROUP@@${service}`,
    clusterName: cluster,
    ip,
    port: 80,
  }
  state.put(place, { weight, enabled, metadata: {}, ephemeral: false })
}

function take({ state }: NacosServer, ip: string): void {
  const place = {
    namespaceId: 'public',
    serviceName: 'DEFAULT_GROUP@@chat',
    clusterName: 'DEFAULT',
    ip,
    port: 80,
  }
  state.remove(place)
}

function accessTo(servers: readonly string[], access: Partial<NacosAccess> = {}): NacosAccess {
  return { sourceId: 'src_1', servers, namespace: '', username: null, password: null, ...access }
}

function poll(cluster: NacosAccess, permits?: (address: string) => boolean): Followed {
  const discover = createNacosDiscovery({ pollMsMin: 10, emptyAgainMs: 50 })
  const followed = follow(
    discover,
    { type: 'nacos', cluster, group: 'DEFAULT_GROUP', service: 'chat' },
    permits,
  )
  closing.push(() => followed.stop())
  return followed
}

function tells(followed: Followed, endpoints: string): Promise<unknown> {
  return vi.waitFor(() => expect(followed.endpoints).toBe(endpoints), { timeout: 8_000, interval: 10 })
}

function fails(followed: Followed, reason: RegExp): Promise<unknown> {
  return vi.waitFor(() => expect(followed.failure).toMatch(reason), { timeout: 8_000, interval: 10 })
}

function lists(server: NacosServer): number {
  return server.calls.filter((call) => call.endsWith('/instance/list')).length
}

describe('the instances of a service in Nacos', () => {
  test('of all its clusters are used with their weights, and followed', async () => {
    const server = await startServer()
    put(server, '10.0.0.1')
    put(server, '10.0.0.2', { weight: 3.5, cluster: 'B' })
    put(server, '10.0.0.3', { enabled: false })
    put(server, '10.0.0.4', { service: 'other' })
    const followed = poll(accessTo([server.url]))
    await tells(followed, '10.0.0.1:80 10.0.0.2:80*3.5')
    put(server, '10.0.0.3')
    take(server, '10.0.0.1')
    await tells(followed, '10.0.0.2:80*3.5 10.0.0.3:80')
  })

  test('that are unhealthy, or known by a host name, are left out', async () => {
    const body = JSON.stringify({
      cacheMillis: 10_000,
      hosts: [
        { ip: '10.0.0.1', port: 80, healthy: false },
        { ip: 'chat.internal', port: 80, healthy: true },
        { ip: '10.0.0.2', port: 80, healthy: true, enabled: true, weight: 1, more: 'than known' },
      ],
    })
    const server = await startAnswering(200, body)
    closing.push(server.close)
    await tells(poll(accessTo([server.url])), '10.0.0.2:80')
  })

  test('stay when the list is empty once, as of a server that was just started, and go when it is so again', async () => {
    const server = await startServer()
    put(server, '10.0.0.1')
    const followed = poll(accessTo([server.url]))
    await tells(followed, '10.0.0.1:80')
    server.state.clear()
    const before = lists(server)
    await vi.waitFor(() => expect(lists(server)).toBe(before + 1), { interval: 1 })
    put(server, '10.0.0.1')
    await vi.waitFor(() => expect(lists(server)).toBeGreaterThan(before + 3))
    const told = followed.updates.map((update) =>
      update.kind === 'endpoints' ? update.endpoints.length : -1,
    )
    expect(new Set(told)).toEqual(new Set([1]))
    take(server, '10.0.0.1')
    await tells(followed, '')
  })

  test('stay while servers are away or fail, with the reason, and another server is asked', async () => {
    const [first, second] = [await startServer(), await startServer()]
    put(first, '10.0.0.1')
    put(second, '10.0.0.2')
    const followed = poll(accessTo([first.url, second.url]))
    await tells(followed, '10.0.0.1:80')
    await first.close()
    await tells(followed, '10.0.0.2:80')
    second.failWith = { status: 500, body: 'caused: raft not ready;' }
    await fails(followed, /The server answered 500/)
    expect(followed.endpoints).toBe('10.0.0.2:80')
    second.failWith = null
    await vi.waitFor(() => expect(followed.failure).toBe(null), { timeout: 8_000 })
  })

  test.each([
    ['HTML', '<html></html>', /not JSON/],
    ['another JSON', '{"hosts":{}}', /something that Nacos does not answer/],
  ])('are not taken from a server that answers %s', async (_what, body, reason) => {
    const server = await startAnswering(200, body)
    closing.push(server.close)
    await fails(poll(accessTo([server.url])), reason)
  })

  test('are asked for with a token that is renewed when it is refused', async () => {
    const server = await startServer({ user })
    put(server, '10.0.0.1')
    const followed = poll(accessTo([server.url], { username: user.name, password: user.password }))
    await tells(followed, '10.0.0.1:80')
    server.forgetTokens()
    put(server, '10.0.0.2')
    await tells(followed, '10.0.0.1:80 10.0.0.2:80')
    expect(followed.updates.every(({ kind }) => kind === 'endpoints')).toBe(true)
    expect(server.calls.filter((call) => call.endsWith('/auth/login'))).toHaveLength(2)
    await fails(
      poll(accessTo([server.url], { username: 'reader', password: 'x' })),
      /refuses user or password/,
    )
  })

  test('are not asked for where the egress policy forbids the server', async () => {
    const server = await startServer()
    await fails(
      poll(accessTo([server.url]), () => false),
      /egress policy forbids the address of the Nacos server/,
    )
    expect(server.calls).toEqual([])
  })
})

describe('the catalogue of Nacos', () => {
  function catalogueOf(access: NacosAccess, groups = ['DEFAULT_GROUP']) {
    return createCatalogue(
      { type: 'nacos', cluster: access, groups },
      { clock: systemClock, permits: () => true },
    )
  }

  test('lists the services of its groups, over several pages', async () => {
    const server = await startServer({ namespaces: [{ id: 'ns-1', label: 'production' }] })
    for (let index = 0; index < 501; index++)
      put(server, '10.0.0.1', { service: `s${index}`, namespace: 'ns-1' })
    put(server, '10.0.0.1', { service: 'elsewhere' })
    const catalogue = catalogueOf(accessTo([server.url], { namespace: 'ns-1' }))
    const services = await catalogue.services('')
    expect(services).toHaveLength(501)
    expect(services[0]).toEqual({ name: 's0', group: 'DEFAULT_GROUP', ports: [], endpoints: null })
    expect(await catalogue.namespaces()).toEqual([{ name: 'ns-1', label: 'production' }])
  })

  test('is checked: version, namespaces, and one that is not there', async () => {
    const server = await startServer({ user, namespaces: [{ id: 'ns-1', label: 'production' }] })
    const access = accessTo([server.url], { username: user.name, password: user.password })
    const found = { ok: true, message: null, version: '2.2.3', namespaces: ['public', 'ns-1'] }
    expect(await catalogueOf(access).check()).toEqual(found)
    const lost = await catalogueOf({ ...access, namespace: 'ns-2' }).check()
    expect(lost).toMatchObject({
      ok: false,
      message: expect.stringMatching(/no namespace with the id ns-2.*ns-1 \(production\)/),
    })
    const wrong = await catalogueOf({ ...access, password: 'x' }).check()
    expect(wrong).toMatchObject({ ok: false, message: expect.stringMatching(/refuses user or password/) })
  })

  test('works for a user that may not list namespaces', async () => {
    const server = await startServer({ hidesNamespaces: true })
    const found = { ok: true, message: null, version: '2.2.3', namespaces: ['public'] }
    expect(await catalogueOf(accessTo([server.url])).check()).toEqual(found)
  })
})
