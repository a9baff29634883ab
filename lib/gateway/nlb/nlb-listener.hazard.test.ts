import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import {
  allow,
  call,
  closeAll,
  closers,
  connected,
  refused,
  serve,
  snapshotOf,
  start,
} from '@/lib/gateway/nlb/testing/nlb-stand.ts'
import { startTcpServer } from '@/lib/gateway/nlb/testing/start-tcp-server.ts'
import { createGatewayMetrics } from '@/lib/gateway/stages/observe/gateway-metrics.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import type { SecurityRuleSnapshot } from '@/lib/snapshot/snapshot.ts'

afterEach(closeAll)

describe('Bytes', () => {
  test('pass both ways as they are, and each half ends by itself', async () => {
    const server = await serve('one')
    const { port, meter, gateway } = await start(snapshotOf([server.url]))
    const client = await connected(port)
    const text = randomBytes(3_000_000).toString('latin1')
    client.socket.end(text, 'latin1')
    await until(() => client.isClosed, 'the echo ended')
    expect(client.received === `one\n${text}`).toBe(true)
    expect(client.wasReset).toBe(false)
    await until(() => meter.open === 0, 'the connection was counted')
    expect([...meter.byOutcome]).toEqual([['ended', 1]])
    expect([meter.bytesIn, meter.bytesOut]).toEqual([text.length, text.length + 4])
    let page = ''
    for await (const piece of createGatewayMetrics(gateway.engine, null)()) page += piece
    expect(page).toContain('switchyard_nlb_connections_total{port="9000",outcome="ended"} 1')
    expect(page).toContain(`switchyard_nlb_sent_bytes_total{port="9000"} ${text.length + 4}`)
  })

  test('that a slow caller does not take are not taken from the instance either', async () => {
    const chunk = Buffer.alloc(65_536)
    const total = 512 * chunk.length
    const server = await serve('one', (socket) => {
      for (let sent = 0; sent < total; sent += chunk.length) socket.write(chunk)
    })
    const { port } = await start(snapshotOf([server.url]))
    const client = call(port)
    client.socket.pause()
    let waiting = Number.NaN
    await until(() => {
      const [socket] = server.sockets
      const isStill = socket !== undefined && socket.writableLength === waiting
      waiting = socket?.writableLength ?? Number.NaN
      return isStill
    }, 'the instance is held up')
    expect(waiting).toBeGreaterThan(total / 2)
    client.socket.resume()
    await until(() => client.received.length === total, 'all of it arrived')
  })

  test('said before an instance was found are not lost', async () => {
    const [gone, good] = [await startTcpServer('gone'), await serve('good')]
    await gone.close()
    const { port } = await start(snapshotOf([gone.url, good.url]))
    for (let index = 0; index < 4; index++) {
      const client = call(port)
      client.socket.write('early')
      await until(() => client.received === 'good\nearly', 'what was said early came back')
    }
  })
})

describe('Who may call', () => {
  test("is whom the service's rules let in at the instance's port", async () => {
    const server = await serve('one')
    const { port, meter } = await start(snapshotOf([server.url], { rules: [allow('127.0.0.2/32')] }))
    await connected(port, '127.0.0.2')
    await refused(port, '127.0.0.3')
    expect(server.sockets.size).toBe(1)
    expect(meter.byOutcome.get('refused')).toBe(1)
  })

  test('is decided for the port of the instance, not of the listener', async () => {
    const [one, two] = [await serve('one'), await serve('two')]
    const rules = [allow('127.0.0.0/8', [two.port, two.port])]
    const { port } = await start(snapshotOf([one.url, two.url], { rules }))
    for (let index = 0; index < 4; index++) expect((await connected(port)).received).toBe('two\n')
  })

  test('is nobody without rules', async () => {
    const server = await serve('one')
    const { port } = await start(snapshotOf([server.url], { rules: [] }))
    await refused(port)
  })

  test("on the VPC side is inside the gateway's VPCs besides", async () => {
    const server = await serve('one')
    const access = { internet: [], vpc: ['127.0.0.2/32'] }
    const inside = await start(snapshotOf([server.url], { snapshot: { access } }))
    await connected(inside.port, '127.0.0.2')
    await refused(inside.port, '127.0.0.3')
    inside.apply(snapshotOf([server.url], { snapshot: { access }, side: 'internet' }))
    await connected(inside.port, '127.0.0.3')
  })

  test('changes at once, for open connections too', async () => {
    const server = await serve('one')
    const { port, apply, meter } = await start(snapshotOf([server.url], { rules: [allow('127.0.0.2/31')] }))
    const [second, third] = [await connected(port, '127.0.0.2'), await connected(port, '127.0.0.3')]
    apply(snapshotOf([server.url], { rules: [allow('127.0.0.3/32')] }))
    await until(() => second.isClosed, 'the connection that is no longer allowed was closed')
    await refused(port, '127.0.0.2')
    third.socket.write('still here')
    await until(() => third.received === 'one\nstill here', 'the other one goes on')
    await until(() => server.sockets.size === 1, 'the instance was told')
    expect(meter.byOutcome.get('revoked')).toBe(1)
  })

  test('is told by the PROXY protocol where the side has it on', async () => {
    const server = await serve('one')
    const behindProxy = (rules: SecurityRuleSnapshot[], trustedProxies: string[]) =>
      snapshotOf([server.url], {
        rules,
        snapshot: { trustedProxies, proxyProtocol: { internet: false, vpc: true } },
      })
    const { port, apply } = await start(behindProxy([allow('10.9.8.7/32')], ['127.0.0.0/8']))
    const header = Buffer.concat([
      Buffer.from('\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c', 'latin1'),
      Buffer.from([10, 9, 8, 7, 127, 0, 0, 1, 0x1f, 0x90, 0x1f, 0x90]),
    ])
    const client = call(port)
    client.socket.write(Buffer.concat([header, Buffer.from('hello')]))
    await until(() => client.received === 'one\nhello', 'what came behind the header arrived')
    const without = call(port)
    without.socket.write('GET / HTTP/1.1\r\n\r\n')
    await until(() => without.isClosed, 'a connection without the header was closed')
    apply(behindProxy([allow('127.0.0.0/8')], ['127.0.0.0/8']))
    const other = call(port)
    other.socket.write(header)
    await until(() => other.isClosed, 'the address in the header was judged')
    apply(behindProxy([allow('10.9.8.7/32')], ['10.0.0.0/8']))
    const forged = call(port)
    forged.socket.write(header)
    await until(() => forged.isClosed, 'a header from anyone else was not believed')
    expect(other.received + forged.received + without.received).toBe('')
  })
})

describe('A listener', () => {
  test('takes no more connections than the node does', async () => {
    const server = await serve('one')
    const { port, connections } = await start(
      snapshotOf([server.url], { snapshot: { limits: { connectionsMax: 2 } } }),
    )
    const first = await connected(port)
    await connected(port)
    await refused(port)
    first.close()
    await until(() => connections.count === 1, 'the place was given back')
    await connected(port)
  })

  test('closes a connection on which nothing moves', async () => {
    const server = await serve('one')
    const { port, meter } = await start(
      snapshotOf([server.url], { snapshot: { limits: { clientIdleMs: 600 } } }),
    )
    const [silent, busy] = [await connected(port), await connected(port)]
    const talk = setInterval(() => busy.socket.write('.'), 50)
    closers.push(() => clearInterval(talk))
    await until(() => silent.isClosed, 'the silent connection was closed')
    expect(busy.isClosed).toBe(false)
    expect(meter.byOutcome.get('idle')).toBe(1)
  })

  test('that is drained takes nobody, and breaks what is left when told to', async () => {
    const server = await serve('one')
    const { port, nlb } = await start(snapshotOf([server.url]))
    const client = await connected(port)
    let isDrained = false
    const drained = nlb.drain().then(() => {
      isDrained = true
    })
    const late = call(port)
    await until(() => late.isClosed, 'nobody is accepted')
    client.socket.write('x')
    await until(() => client.received === 'one\nx', 'what is open goes on')
    expect(isDrained).toBe(false)
    nlb.destroy()
    await drained
    await until(() => client.isClosed && server.sockets.size === 0, 'both sides were closed')
  })

  test('leaves nothing behind when callers go while an instance is dialled', async () => {
    const server = await serve('one')
    const { port, connections, meter } = await start(snapshotOf([server.url]))
    for (let index = 0; index < 50; index++) {
      const client = call(port)
      client.socket.once('connect', () => client.socket.resetAndDestroy())
    }
    await until(
      () => connections.count === 0 && meter.open === 0 && server.sockets.size === 0,
      'all were given up',
    )
  })
})
