import { afterEach, describe, expect, test, vi } from 'vitest'
import { accessTo, fails, http, KubernetesStand, tells } from '@/lib/discovery/testing/kubernetes-stand.ts'
import { FullJitter } from '@/lib/platform/full-jitter.ts'

const stand = new KubernetesStand()
afterEach(() => stand.close())

describe('a watch of EndpointSlices', () => {
  test('merges the slices of a service and follows each change of them', async () => {
    const server = await stand.startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    server.state.putSlice('default', 'other', 'other-a', http, [{ address: '10.9.0.1' }])
    const followed = stand.watch(accessTo(server))
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
    const server = await stand.startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = stand.watch(accessTo(server))
    await vi.waitFor(() => expect(server.openWatches).toBe(1))
    server.cutConnections()
    server.state.putSlice('default', 'chat', 'chat-b', http, [{ address: '10.0.0.2' }])
    await tells(followed, '10.0.0.1:8000 10.0.0.2:8000')
    expect(server.calls.filter((call) => /endpointslices\?.*limit=/.test(call))).toHaveLength(1)
  })

  test('lists anew when where it was is too old (410), in an ERROR event of an answer 200', async () => {
    const server = await stand.startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = stand.watch(accessTo(server))
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
    const server = await stand.startServer({ bookmarkMs: 20 })
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = stand.watch(accessTo(server), {}, { windowSeconds: 1 })
    await tells(followed, '10.0.0.1:8000')
    for (let index = 0; index < 5; index++) server.state.putNamespace(`n${index}`)
    const version = server.state.resourceVersion
    const isResumed = () => server.calls.some((call) => call.endsWith(`resourceVersion=${version}`))
    await vi.waitFor(() => expect(isResumed()).toBe(true), { timeout: 8_000 })
    expect(followed.failure).toBe(null)
  })

  test('keeps the last list while the server is away, says why, and lists anew once it is back', async () => {
    const server = await stand.startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    const followed = stand.watch(accessTo(server))
    await tells(followed, '10.0.0.1:8000')
    await server.close()
    await fails(followed, /refused the connection/)
    expect(followed.endpoints).toBe('10.0.0.1:8000')
    const again = await stand.startServer({ port: server.port })
    again.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.7' }])
    await tells(followed, '10.0.0.7:8000')
  })

  test('counts ready pods, and those that terminate and still serve only where no other is left', async () => {
    const server = await stand.startServer()
    const leaving = { address: '10.0.0.2', ready: false, serving: true, terminating: true }
    const starting = { address: '10.0.0.3', ready: false }
    server.state.putSlice('default', 'chat', 'chat-a', http, [
      { address: '10.0.0.1', ready: null },
      leaving,
      starting,
    ])
    const followed = stand.watch(accessTo(server))
    await tells(followed, '10.0.0.1:8000')
    server.state.putSlice('default', 'chat', 'chat-a', http, [leaving, starting])
    await tells(followed, '10.0.0.2:8000')
    server.state.putSlice('default', 'chat', 'chat-a', http, [starting])
    await tells(followed, '')
  })

  test('has a pod with addresses of both families once, and one with IPv6 alone by that', async () => {
    const server = await stand.startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1', uid: 'pod-1' }])
    const six = [
      { address: 'fd00::1', uid: 'pod-1' },
      { address: 'fd00::2', uid: 'pod-2' },
    ]
    server.state.putSlice('default', 'chat', 'chat-b', http, six, 'IPv6')
    await tells(stand.watch(accessTo(server)), '10.0.0.1:8000 [fd00::2]:8000')
  })

  test('finds a port by its name and by its number, and follows when its name changes', async () => {
    const server = await stand.startServer()
    const slice = [
      { name: 'http', port: 8000 },
      { name: 'metrics', port: 9100 },
    ]
    server.state.putService('default', 'chat', [
      { name: 'http', port: 80 },
      { name: 'metrics', port: 9000 },
    ])
    server.state.putSlice('default', 'chat', 'chat-a', slice, [{ address: '10.0.0.1' }])
    await tells(stand.watch(accessTo(server), { port: 'metrics' }), '10.0.0.1:9100')
    const byNumber = stand.watch(accessTo(server), { port: '80' })
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
    const server = await stand.startServer()
    server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
    await fails(stand.watch(accessTo(server), target), reason)
  })
})

test('pods that come and go a thousand times are told in few lists, the last of which is right', async () => {
  const server = await stand.startServer({ historyMax: 5_000 })
  server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
  const followed = stand.watch(accessTo(server))
  await tells(followed, '10.0.0.1:8000')
  await vi.waitFor(() => expect(server.openWatches).toBe(1))
  const startedAt = performance.now()
  for (let change = 0; change < 1_000; change++) {
    const ready = change % 2 === 1
    server.state.putSlice('default', 'chat', 'chat-b', http, [{ address: '10.0.0.2', ready }])
    // So that each is an answer's own piece.
    if (change % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  server.state.putSlice('default', 'chat', 'chat-b', http, [{ address: '10.0.0.3' }])
  await tells(followed, '10.0.0.1:8000 10.0.0.3:8000')
  const lists = followed.updates.filter(({ kind }) => kind === 'endpoints').length
  expect(lists).toBeLessThanOrEqual(5 + (performance.now() - startedAt) / 100)
})

test('slices without end are not kept, and what was found before stays', async () => {
  const server = await stand.startServer({ historyMax: 5_000 })
  server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
  const followed = stand.watch(accessTo(server))
  await tells(followed, '10.0.0.1:8000')
  for (let index = 0; index < 1_000; index++)
    server.state.putSlice('default', 'chat', `more-${index}`, http, [])
  await fails(followed, /Service chat has more than 1000 EndpointSlices/)
  expect(followed.endpoints).toBe('10.0.0.1:8000')
  server.state.remove('endpointslices', 'default', 'more-0')
  server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.2' }])
  await tells(followed, '10.0.0.2:8000')
})

test('a server that answers 410 to everything is asked at a rest, and its word is told', async () => {
  const server = await stand.startServer()
  server.failWith = { status: 410, message: 'the resource is gone' }
  const followed = stand.watch(accessTo(server), {}, { backoff: new FullJitter(60_000, 60_000) })
  await fails(followed, /answers 410: the resource is gone/)
  const asked = server.calls.length
  expect(asked).toBeLessThan(3)
})

test('a doubt is told once, though the watch goes on, and again when it is another', async () => {
  const server = await stand.startServer({ bookmarkMs: 20 })
  server.state.putSlice('default', 'chat', 'chat-a', http, [{ address: '10.0.0.1' }])
  const followed = stand.watch(accessTo(server), { port: '8443' }, { windowSeconds: 1 })
  await fails(followed, /no TCP port 8443/)
  const read = () => server.calls.filter((call) => call.includes('/services/chat')).length
  const before = read()
  await vi.waitFor(() => expect(read()).toBeGreaterThan(before + 1), { timeout: 8_000 })
  expect(followed.updates.filter(({ kind }) => kind === 'endpoints')).toHaveLength(1)
  expect(followed.failure).toMatch(/no TCP port 8443/)
  server.state.putService('default', 'chat', [{ name: 'http', port: 8443 }])
  await tells(followed, '10.0.0.1:8000')
  await vi.waitFor(() => expect(followed.failure).toBe(null), { timeout: 8_000 })
})
