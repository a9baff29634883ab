import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import { MemorySocket } from '@/lib/gateway/fuzz/memory-socket.ts'
import { Http1Server } from '@/lib/gateway/listener/http1/http1-server.ts'
import { Peer } from '@/lib/gateway/peer.ts'
import { testLimits } from '@/lib/gateway/testing/make-snapshot.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

const refusedAddress = '192.0.2.8'
const notAllowed = refusal('address_not_allowed', 'Not from here.')

function setUp() {
  const exchanges: Exchange[] = []
  const refusals: string[] = []
  const server = new Http1Server('internet', {
    handle: (exchange) => exchanges.push(exchange),
    accessRefusal: (peer) => (peer.address === refusedAddress ? notAllowed : null),
    refused: (code) => refusals.push(code),
  })
  server.configure({ ...testLimits, clientHeadersMs: 1_000, clientIdleMs: 5_000 })
  const connect = (address = '192.0.2.7') => {
    const socket = new MemorySocket()
    server.accept({
      socket: socket as unknown as Socket,
      transport: socket as unknown as Socket,
      peer: new Peer(address),
      scheme: 'http',
      firstBytes: Buffer.alloc(0),
    })
    const send = async (text: string) => {
      socket.deliver(Buffer.from(text, 'latin1'))
      await settled()
    }
    return { socket, send }
  }
  return { server, exchanges, refusals, connect }
}

/** The bytes that are on their way have arrived. */
const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))

const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'
const ok = (exchange: Exchange | undefined) =>
  exchange?.answer(200, ['content-length', '2'], Buffer.from('ok'))

describe('A connection', () => {
  test('that idles between requests is closed without a word', async () => {
    const { exchanges, connect } = setUp()
    const { socket, send } = connect()
    await send(get)
    ok(exchanges[0])
    const { answered } = socket
    expect(answered).toContain('200 OK')
    await vi.advanceTimersByTimeAsync(4_500)
    expect(socket.destroyed).toBe(false)
    await vi.advanceTimersByTimeAsync(1_500)
    expect(socket.destroyed).toBe(true)
    expect(socket.answered).toBe(answered)
  })

  test('may wait for its answer as long as that takes', async () => {
    const { exchanges, connect } = setUp()
    const { socket, send } = connect()
    await send(get)
    await vi.advanceTimersByTimeAsync(60_000)
    ok(exchanges[0])
    await settled()
    expect(socket.answered).toMatch(/^HTTP\/1\.1 200 OK/)
  })

  test('whose head does not end in time gets 408, however it trickles, and is then closed', async () => {
    const { refusals, connect } = setUp()
    const { socket, send } = connect()
    await send('GET / HTTP/1.1\r\n')
    for (let sent = 0; sent < 8; sent++) {
      await vi.advanceTimersByTimeAsync(200)
      await send('A: b\r\n')
    }
    expect(refusals).toEqual(['request_timed_out'])
    expect(socket.answered).toMatch(/^HTTP\/1\.1 408 /)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(socket.destroyed).toBe(true)
  })

  test('whose body stops arriving fails that body, not before', async () => {
    const { exchanges, connect } = setUp()
    const { send } = connect()
    await send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234')
    const body = exchanges[0]?.takeBody({ bytesDeclared: 10, bytesMax: 100, idleMs: 2_000 }) as Readable
    let failure = ''
    body.on('error', (error: Error & { code?: string }) => {
      failure = error.code ?? ''
    })
    body.resume()
    await vi.advanceTimersByTimeAsync(1_500)
    await send('5')
    await vi.advanceTimersByTimeAsync(1_500)
    expect(failure).toBe('')
    await vi.advanceTimersByTimeAsync(1_500)
    expect(failure).toBe('request_timed_out')
  })

  test('that ends its half while an answer is owed has left', async () => {
    const { exchanges, connect } = setUp()
    const { socket, send } = connect()
    await send(get)
    let hasGone = false
    const [exchange] = exchanges
    if (exchange !== undefined) {
      exchange.producer = {
        callerDrained: () => {},
        callerGone: () => {
          hasGone = true
        },
      }
    }
    socket.push(null)
    await settled()
    expect([hasGone, exchange?.gone, socket.destroyed]).toEqual([true, true, true])
  })
})

describe('Draining', () => {
  test('closes what still idles a moment later, and everything else behind its answer', async () => {
    const { server, exchanges, connect } = setUp()
    const [idle, late, busy] = [connect(), connect(), connect()]
    for (const [index, connection] of [idle, late, busy].entries()) {
      await connection.send(get)
      if (connection !== busy) ok(exchanges[index])
    }
    let isDrained = false
    void server.drain().then(() => {
      isDrained = true
    })
    await late.send(get)
    ok(exchanges[2])
    ok(exchanges[3])
    await settled()
    for (const { socket } of [late, busy]) {
      expect(socket.answered).toContain('connection: close')
      expect(socket.writableEnded).toBe(true)
    }
    expect([idle.socket.writableEnded, isDrained]).toEqual([false, false])
    // Callers that do not close their half are not waited for.
    await vi.advanceTimersByTimeAsync(3_000)
    expect([idle.socket.destroyed, isDrained]).toEqual([true, true])
  })

  test('lets a request whose head has begun come in', async () => {
    const { server, exchanges, connect } = setUp()
    const { send, socket } = connect()
    await send(get.slice(0, 10))
    void server.drain()
    await send(get.slice(10))
    ok(exchanges[0])
    await settled()
    expect(socket.answered).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*connection: close/)
  })
})
