import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  call,
  closeAll,
  connected,
  refused,
  serve,
  snapshotOf,
  start,
} from '@/lib/gateway/nlb/testing/nlb-stand.ts'
import { startTcpServer } from '@/lib/gateway/nlb/testing/start-tcp-server.ts'
import type { TcpClient } from '@/lib/gateway/nlb/testing/tcp-client.ts'
import { passivePolicy } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'

afterEach(closeAll)

describe('Instances', () => {
  const names = async (port: number, count: number) => {
    const clients: TcpClient[] = []
    for (let index = 0; index < count; index++) clients.push(await connected(port))
    return clients.map(({ received }) => received.trim()).sort()
  }

  test('share connections by the balancing of the service', async () => {
    const [one, two] = [await serve('one'), await serve('two')]
    const { port, apply } = await start(snapshotOf([one.url, two.url]))
    expect(await names(port, 4)).toEqual(['one', 'one', 'two', 'two'])
    apply(
      snapshotOf([one.url, two.url], { service: { balancing: { strategy: 'hash', on: 'client-address' } } }),
    )
    expect(new Set(await names(port, 4)).size).toBe(1)
  })

  test('count open connections where the fewest requests decide', async () => {
    const [one, two] = [await serve('one'), await serve('two')]
    const { port } = await start(
      snapshotOf([one.url, two.url], { service: { balancing: { strategy: 'least-requests' } } }),
    )
    expect(await names(port, 10)).toEqual([...Array(5).fill('one'), ...Array(5).fill('two')])
  })

  test('that take no connection are passed over, and learned from', async () => {
    const [gone, good] = [await startTcpServer('gone'), await serve('good')]
    const passive = { service: { passiveHealth: { ...passivePolicy, failures: 1, window: 1 } } }
    const { port, gateway } = await start(snapshotOf([gone.url, good.url], passive))
    await gone.close()
    expect(await names(port, 6)).toEqual(Array(6).fill('good'))
    const states = gateway.engine.runtimes.current?.services[0]?.instances.map(({ state }) => state)
    expect(states?.map(({ verdict }) => verdict.phase)).toEqual(['ejected', 'fit'])
    expect(states?.map(({ requestsInFlight, connections }) => [requestsInFlight, connections])).toEqual([
      [0, 0],
      [0, 6],
    ])
  })

  test('of which none is left refuse the connection', async () => {
    const gone = await startTcpServer('gone')
    await gone.close()
    const { port, meter, apply } = await start(snapshotOf([gone.url]))
    await refused(port)
    apply(snapshotOf([gone.url], { service: { running: false } }))
    await refused(port)
    expect([...meter.byOutcome]).toEqual([
      ['unreachable', 1],
      ['not_configured', 1],
    ])
  })

  test('that may not be dialled are not', async () => {
    const server = await serve('one')
    const egress = { denyCidrs: ['127.0.0.0/8'], allowCidrs: [] }
    const { port } = await start(snapshotOf([server.url], { snapshot: { egress } }))
    await refused(port)
    expect(server.sockets.size).toBe(0)
  })

  test('that die take their connections along, and others go on', async () => {
    const [one, two] = [await startTcpServer('one'), await serve('two')]
    const { port, connections } = await start(snapshotOf([one.url, two.url]))
    const clients = [await connected(port), await connected(port)]
    await one.close()
    const [first, second] = clients.sort((a, b) => a.received.localeCompare(b.received))
    await until(() => first?.isClosed === true, 'the connection to the dead instance was closed')
    expect(first?.wasReset).toBe(true)
    second?.socket.write('x')
    await until(() => second?.received === 'two\nx', 'the other connection goes on')
    expect(await names(port, 3)).toEqual(['two', 'two', 'two'])
    expect(connections.count).toBe(4)
  })

  test('that are not ready keep what they have; those removed are drained', async () => {
    const [one, two] = [await serve('one'), await serve('two')]
    const { port, apply, meter, gateway } = await start(snapshotOf([one.url, two.url]), 400)
    const old = [await connected(port), await connected(port)].find(({ received }) => received === 'one\n')
    const service = gateway.engine.runtimes.current?.services[0]
    const state = service?.instances[0]?.state
    if (service === undefined || state === undefined || old === undefined) throw new Error('No instance.')
    state.health = { state: 'unready', reason: 'Answered 500', since: 0, checkedAt: 0 }
    service.fleet.checked(state, 'ready')
    expect(await names(port, 3)).toEqual(['two', 'two', 'two'])
    old.socket.write('a')
    await until(() => old.received === 'one\na', 'the connection to the unready instance goes on')
    apply(snapshotOf([two.url]))
    old.socket.write('b')
    await until(() => old.received === 'one\nab', 'it goes on for a while when the instance is removed')
    await until(() => old.isClosed, 'then it is closed')
    expect(meter.byOutcome.get('drained')).toBe(1)
    expect(meter.open).toBe(4)
  })

  test('that are removed while they are dialled are drained too', async () => {
    const [one, two] = [await serve('one'), await serve('two')]
    const { port, apply, gateway } = await start(snapshotOf([one.url]), 400)
    const pool = gateway.engine.runtimes.current?.services[0]?.instances[0]?.pool
    if (pool === undefined) throw new Error('No instance.')
    const connect = pool.connect.bind(pool)
    const dialled = vi.spyOn(pool, 'connect').mockImplementation(() => {})
    const client = call(port)
    await until(() => dialled.mock.calls.length === 1, 'the instance is dialled')
    apply(snapshotOf([two.url]))
    const [[callback] = []] = dialled.mock.calls
    connect((error, socket) => callback?.(error, socket))
    await until(() => client.received === 'one\n', 'it goes on for a while')
    await until(() => client.isClosed, 'then it is closed')
  })

  test('of a service that was stopped and started again keep their connections', async () => {
    const [one, two] = [await serve('one'), await serve('two')]
    const { port, apply } = await start(snapshotOf([one.url, two.url]), 400)
    const clients = [await connected(port), await connected(port)]
    const [kept, removed] = clients.sort((a, b) => a.received.localeCompare(b.received))
    apply(snapshotOf([one.url, two.url], { service: { running: false } }))
    apply(snapshotOf([one.url]))
    await until(() => removed?.isClosed === true, 'the other one, which had as long, is closed')
    kept?.socket.write('x')
    await until(() => kept?.received === 'one\nx', 'the connection goes on')
  })
})
