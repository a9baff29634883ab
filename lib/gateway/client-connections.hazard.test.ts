import { afterEach, describe, expect, test } from 'vitest'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const request = `GET /api/predict/demo/ HTTP/1.1\r\nHost: gateway.test\r\nAuthorization: ${testToken}\r\n\r\n`
const signature = '\r\n\r\n\0\r\nQUIT\n'

async function setUp(overrides: Parameters<typeof makeSnapshot>[0] = {}) {
  const forwardedFor: Array<string | string[] | undefined> = []
  const upstream = await startUpstream((received, response) => {
    forwardedFor.push(received.headers['x-forwarded-for'])
    response.end('fine')
  })
  const snapshot: GatewaySnapshot = makeSnapshot({
    services: [makeService({ instances: [makeInstance(upstream.url)] })],
    ...overrides,
  })
  const gateway = await startGateway(snapshot)
  closers.push(upstream.close, gateway.close)
  const open = async (port = gateway.port) => {
    const client = await RawClient.open(port)
    closers.push(() => client.close())
    return client
  }
  return { gateway, open, forwardedFor }
}

/** A version 2 header: command, family and transport, addresses and TLVs. */
function proxyHeader(command: number, family: number, rest: string): string {
  const length = String.fromCharCode(rest.length >> 8, rest.length & 0xff)
  return `${signature}${String.fromCharCode(0x20 | command, family)}${length}${rest}`
}

const v4 = '\xc0\x00\x02\x07\x0a\x00\x00\x01\x30\x39\x00\x50'
const v6 = `\x20\x01\x0d\xb8${'\0'.repeat(11)}\x07${'\0'.repeat(15)}\x01\x30\x39\x00\x50`
const trusting = { proxyProtocol: { internet: true, vpc: false }, trustedProxies: ['127.0.0.1/32'] }

describe('A PROXY protocol header', () => {
  test.each([
    ['of IPv4', proxyHeader(1, 0x11, v4), '192.0.2.7'],
    ['of IPv6', proxyHeader(1, 0x21, v6), '2001:db8::7'],
    ['with TLVs behind the addresses', proxyHeader(1, 0x11, `${v4}\x04\x00\x02ab`), '192.0.2.7'],
    ['of a health check, which speaks for itself', proxyHeader(0, 0, ''), '127.0.0.1'],
    ['without an Internet address', proxyHeader(1, 0, ''), '127.0.0.1'],
  ])('%s tells the address that counts', async (_what, header, address) => {
    const { open, forwardedFor } = await setUp(trusting)
    const client = await open()
    client.send(header + request)
    await until(() => client.received.includes('fine'), 'the request was served')
    expect(forwardedFor).toEqual([address])
  })

  test('is read however it is cut', async () => {
    const { open, forwardedFor } = await setUp(trusting)
    const client = await open()
    for (const char of proxyHeader(1, 0x11, v4) + request) {
      client.send(char)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await until(() => client.received.includes('fine'), 'the request was served')
    expect(forwardedFor).toEqual(['192.0.2.7'])
  })

  test.each([
    ['missing', request],
    ['of version 1', `PROXY TCP4 192.0.2.7 10.0.0.1 12345 80\r\n${request}`],
    ['of an unknown version', `${signature}\x31\x11\x00\x0c${v4}${request}`],
    ['of an unknown command', `${proxyHeader(2, 0x11, v4)}${request}`],
    ['of an unknown family', `${proxyHeader(1, 0x41, v4)}${request}`],
    ['too short for its addresses', `${proxyHeader(1, 0x11, v4.slice(0, 8))}${request}`],
    ['of absurd length', `${signature}\x21\x11\xff\xff${v4}${request}`],
  ])('that is %s closes the connection', async (_what, bytes) => {
    const { open, forwardedFor } = await setUp(trusting)
    const client = await open()
    client.send(bytes)
    await until(() => client.isClosed, 'the connection was closed')
    expect(client.received).toBe('')
    expect(forwardedFor).toEqual([])
  })

  test('is not believed from anyone else', async () => {
    const { open } = await setUp({ ...trusting, trustedProxies: ['192.0.2.0/24'] })
    const client = await open()
    client.send(proxyHeader(1, 0x11, v4) + request)
    await until(() => client.isClosed, 'the connection was closed')
    expect(client.received).toBe('')
  })

  test('is a malformed request on the side that takes none', async () => {
    const { gateway, open } = await setUp(trusting)
    const client = await open(gateway.vpcPort)
    client.send(proxyHeader(1, 0x11, v4) + request)
    await until(() => client.isClosed, 'the connection was closed')
    expect(client.received).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('that does not end in time closes the connection', async () => {
    const { open } = await setUp({ ...trusting, limits: { clientHeadersMs: 100 } })
    const client = await open()
    client.send(signature)
    await until(() => client.isClosed, 'the connection was closed')
    expect(client.received).toBe('')
  })
})

describe('The limit of connections', () => {
  test('closes the surplus of both sides at once, and counts it', async () => {
    const { gateway, open } = await setUp({ limits: { connectionsMax: 2 } })
    const first = await open()
    const second = await open(gateway.vpcPort)
    await until(() => gateway.connections() === 2, 'both are open')
    const surplus = await open()
    await until(() => surplus.isClosed, 'the third was closed')
    expect(gateway.engine.observer.errorsByCode.get('overloaded')).toBe(1)
    first.close()
    await until(() => gateway.connections() === 1, 'the first left')
    const next = await open()
    next.send(request)
    second.send(request)
    await until(() => next.received.includes('fine'), 'the next one is served')
    expect(gateway.connections()).toBe(2)
  })
})

describe('A connection', () => {
  test('over HTTP/2 that idles, and does not close when it is told to leave, is closed for it', async () => {
    const { gateway, open } = await setUp({ limits: { clientIdleMs: 300 } })
    const client = await open()
    client.send(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04${'\0'.repeat(5)}`)
    await until(() => client.isClosed, 'the gateway has ended its half')
    await until(() => gateway.connections() === 0, 'nothing of it is left')
  })

  test('that never says anything is closed without a word', async () => {
    const { open } = await setUp({ limits: { clientHeadersMs: 100 } })
    const client = await open()
    await until(() => client.isClosed, 'the connection was closed')
    expect(client.received).toBe('')
  })

  test('does not hold up a drain, whatever snapshot comes meanwhile', async () => {
    const { gateway, open } = await setUp()
    const client = await open()
    await until(() => gateway.connections() === 1, 'it was accepted')
    const drained = gateway.drain()
    gateway.apply(makeSnapshot({ revision: 2, limits: { clientHeadersMs: 600_000 } }))
    await drained
    await until(() => client.isClosed, 'it was closed')
  })

  test('whose first bytes could be HTTP/2 is read as what it turns out to be', async () => {
    const { open } = await setUp()
    const client = await open()
    client.send('P')
    await new Promise((resolve) => setImmediate(resolve))
    client.send('RI * HTTP/1.1\r\n\r\n')
    await until(() => client.isClosed, 'it was refused')
    expect(client.received).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('of a trickling sender gets 408 however often a byte comes', async () => {
    const { open } = await setUp({ limits: { clientHeadersMs: 300 } })
    const client = await open()
    client.send('GET / HTTP/1.1\r\nX-Slow: ')
    const trickle = setInterval(() => client.send('a'), 20)
    await until(() => client.received !== '', 'the gateway answered')
    clearInterval(trickle)
    expect(client.received).toMatch(/^HTTP\/1\.1 408 /)
  })
})
