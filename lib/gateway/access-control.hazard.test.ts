import { createServer } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { Pool } from 'undici'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { answerOf, ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeCertificate } from '@/lib/gateway/testing/make-certificate.ts'
import { makeInstance, makeService, makeSnapshot, testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { RawClient, until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'

const closers: Array<() => Promise<unknown> | unknown> = []
const allowed = '127.0.0.2'
const refused = '127.0.0.3'
const proxy = '127.0.0.9'
const path = '/api/predict/demo/'
const certificate = makeCertificate('demo.test')
const addressOf = { allowed, refused }

/** Requests that reached the model server, and streams that it has not ended. */
let upstream: { url: string; seen: number; streams: Set<() => void> }

beforeEach(async () => {
  const streams = new Set<() => void>()
  const server = createServer((request, response) => {
    upstream.seen += 1
    if (request.url !== '/stream') {
      request.resume()
      response.end('fine')
      return
    }
    response.write('begun ')
    const end = () => response.end('and whole')
    streams.add(end)
    response.on('close', () => streams.delete(end))
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  upstream = { url: `http://127.0.0.1:${port}`, seen: 0, streams }
  closers.push(() => {
    for (const socket of sockets.clients) socket.terminate()
    server.close()
    server.closeAllConnections()
  })
})

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function snapshot(
  revision: number,
  internet: string[] | null,
  overrides: Parameters<typeof makeSnapshot>[0] = {},
) {
  return makeSnapshot({
    revision,
    access: { internet, vpc: null },
    services: [
      makeService({ protocol: 'grpc', upstreamHttp: '1.1', instances: [makeInstance(upstream.url)] }),
    ],
    certificates: [{ id: 'cert_1', chain: certificate.cert, key: certificate.key }],
    domains: [{ name: 'demo.test', side: 'internet', certificateId: 'cert_1', forceHttps: false }],
    ...overrides,
  })
}

async function start(overrides: Parameters<typeof makeSnapshot>[0] = {}): Promise<TestGateway> {
  const gateway = await startGateway(snapshot(1, [`${allowed}/32`, '2001:db8::/32'], overrides))
  closers.push(gateway.close)
  return gateway
}

function requestText(target = path, more = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: gateway.test\r\nAuthorization: ${testToken}\r\n${more}\r\n`
}

async function open(gateway: TestGateway, from: string): Promise<RawClient> {
  const client = await RawClient.open(gateway.port, from)
  closers.push(() => client.close())
  return client
}

async function openTls(gateway: TestGateway, from: string, alpn: string): Promise<TLSSocket> {
  const socket = connectTls({
    socket: connectTcp({ port: gateway.tlsPort, host: '127.0.0.1', localAddress: from }),
    servername: 'demo.test',
    ca: certificate.cert,
    ALPNProtocols: [alpn],
  })
  socket.on('error', () => {})
  closers.push(() => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve)
    socket.once('error', reject)
  })
  return socket
}

async function openSession(gateway: TestGateway, from: string) {
  const session = await openHttp2(gateway.url, {
    createConnection: () => connectTcp({ port: gateway.port, host: '127.0.0.1', localAddress: from }),
  })
  closers.push(() => session.destroy())
  return session
}

const h2Request = (more: Record<string, string> = {}) => ({
  ':path': path,
  authorization: testToken,
  ...more,
})

describe('A refused address', () => {
  test('gets 403 and a closed connection on HTTP/1.1, and the model server hears nothing of it', async () => {
    const gateway = await start()
    const client = await open(gateway, refused)
    client.send(requestText())
    await until(() => client.isClosed, 'the connection was closed')
    expect(client.received).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/)
    expect(client.received).toContain('connection: close')
    expect(client.received).toContain('x-switchyard-error-source: client')
    expect(JSON.parse(client.received.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      error: {
        code: 'address_not_allowed',
        message: `The address ${refused} may not call this gateway from the Internet. Ask the gateway's owner to add it to the whitelist.`,
      },
    })
    expect(upstream.seen).toBe(0)
    const other = await open(gateway, allowed)
    other.send(requestText())
    await until(() => other.received.includes('fine'), 'the allowed address was served')
  })

  test.each([
    ['nonsense', 'NONSENSE\r\n\r\n', 400],
    [
      'two framings',
      `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      400,
    ],
    ['CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', 405],
    ['no token', `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, 401],
    ['no service', 'GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n', 404],
    ['a body too large', `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n`, 413],
  ])('gets 403 for %s too, where an allowed one is told what is wrong', async (_what, bytes, status) => {
    const gateway = await start()
    const [stranger, friend] = [await open(gateway, refused), await open(gateway, allowed)]
    stranger.send(bytes)
    friend.send(bytes)
    await until(() => stranger.received !== '' && friend.received !== '', 'both were answered')
    expect(stranger.received).toMatch(/^HTTP\/1\.1 403 /)
    expect(friend.received.slice(9, 12)).toBe(String(status))
    await until(() => stranger.isClosed, 'the connection was closed')
  })

  test('gets 403 on HTTP/2, whatever its headers, and a connection that ends', async () => {
    const gateway = await start()
    const session = await openSession(gateway, refused)
    const flawed = await openSession(gateway, refused)
    expect((await ask(session, h2Request())).headers[':status']).toBe(403)
    expect(
      (await ask(flawed, h2Request({ ':authority': 'one.test', host: 'other.test' }))).headers[':status'],
    ).toBe(403)
    await until(() => session.destroyed && flawed.destroyed, 'the connections were closed')
    const friend = await openSession(gateway, allowed)
    expect((await ask(friend, h2Request())).body).toBe('fine')
    expect(upstream.seen).toBe(1)
  })

  test('gets PERMISSION_DENIED for a gRPC call, in trailers only', async () => {
    const gateway = await start()
    const session = await openSession(gateway, refused)
    const call = { ':method': 'POST', ...h2Request({ 'content-type': 'application/grpc', te: 'trailers' }) }
    const answer = await ask(session, call, Buffer.alloc(5))
    expect(answer.headers).toMatchObject({ ':status': 200, 'grpc-status': '7' })
    expect(answer.headers['grpc-message']).toContain(refused)
    expect(answer.body).toBe('')
  })

  test('gets 403 for a WebSocket, over HTTP/1.1 and over HTTP/2', async () => {
    const gateway = await start()
    const socketFrom = (from: string) =>
      new WebSocket(`ws://127.0.0.1:${gateway.port}${path}`, {
        localAddress: from,
        headers: { authorization: testToken },
      })
    const outcome = await new Promise((resolve) => {
      socketFrom(refused).once('unexpected-response', (_request, response) => resolve(response.statusCode))
    })
    expect(outcome).toBe(403)
    const session = await openSession(gateway, refused)
    const connect = {
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':scheme': 'http',
      ':authority': 'gateway.test',
    }
    const stream = session.request({ ...connect, ...h2Request({ 'sec-websocket-version': '13' }) })
    expect((await answerOf(stream)).headers[':status']).toBe(403)
    const friend = socketFrom(allowed)
    await new Promise((resolve) => friend.once('open', resolve))
    friend.terminate()
  })

  test.each(['http/1.1', 'h2'])('gets 403 behind TLS with %s, after the handshake', async (alpn) => {
    const gateway = await start()
    for (const [from, status] of [
      [refused, 403],
      [allowed, 200],
    ] as const) {
      const socket = await openTls(gateway, from, alpn)
      if (alpn === 'h2') {
        const session = await openHttp2('https://demo.test', { createConnection: () => socket })
        expect((await ask(session, h2Request())).headers[':status']).toBe(status)
        session.destroy()
      } else {
        let received = ''
        socket.on('data', (bytes) => {
          received += bytes
        })
        socket.write(requestText())
        await until(() => received.startsWith(`HTTP/1.1 ${status} `), `the answer was ${status}`)
      }
    }
  })

  test.each([
    ['2001:db8::7', 200],
    ['2001:db9::7', 403],
  ])('may be one of IPv6, as a PROXY header tells it: %s gets %i', async (address, status) => {
    const gateway = await start({
      trustedProxies: ['127.0.0.1'],
      proxyProtocol: { internet: true, vpc: false },
    })
    const client = await open(gateway, '127.0.0.1')
    client.socket.write(proxyHeaderOf(address))
    client.send(requestText())
    await until(() => client.received.startsWith(`HTTP/1.1 ${status} `), `the answer was ${status}`)
  })

  test('is the one that a trusted proxy forwards, request by request', async () => {
    const gateway = await start({ trustedProxies: [proxy] })
    const client = await open(gateway, proxy)
    const codes = () => [...client.received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => code)
    client.send(requestText(path, `X-Forwarded-For: ${refused}\r\n`))
    await until(() => codes().length === 1, 'the first was answered')
    client.send(requestText(path, `X-Forwarded-For: ${refused}\r\nX-Forwarded-For: ${allowed}\r\n`))
    await until(() => codes().length === 2, 'the second was answered')
    client.send(requestText())
    await until(() => codes().length === 3, 'the third was answered')
    expect(codes()).toEqual(['403', '200', '403'])
    expect(client.received).toContain(`The address ${proxy} may not`)
    const liar = await open(gateway, refused)
    liar.send(requestText(path, `X-Forwarded-For: ${allowed}\r\n`))
    await until(() => liar.received.startsWith('HTTP/1.1 403'), 'a forged header changes nothing')
  })

  test('of one side may call the other', async () => {
    const gateway = await start()
    const client = await RawClient.open(gateway.vpcPort, refused)
    closers.push(() => client.close())
    client.send(requestText())
    await until(() => client.received.includes('fine'), 'the VPC side served it')
  })
})

describe('A snapshot that no longer allows a caller', () => {
  test('closes what it has open, over every protocol, and nothing of anybody else', async () => {
    const gateway = await startGateway(snapshot(1, null, { trustedProxies: [proxy] }))
    closers.push(gateway.close)
    const callers = { allowed: [] as Caller[], refused: [] as Caller[] }
    for (const who of ['allowed', 'refused'] as const) {
      const from = addressOf[who]
      const forwarded = `X-Forwarded-For: ${from}\r\n`
      callers[who].push(
        await streamByHttp1(await open(gateway, from), ''),
        await streamByHttp1(await open(gateway, proxy), forwarded),
        await streamByHttp2(await openSession(gateway, from), {}),
        await streamByTls(await openTls(gateway, from, 'http/1.1')),
        await webSocket(gateway, from),
      )
    }
    const shared = await openSession(gateway, proxy)
    callers.allowed.push(await streamByHttp2(shared, { 'x-forwarded-for': allowed }))
    callers.refused.push(await streamByHttp2(shared, { 'x-forwarded-for': refused }))
    const idle = { allowed: await open(gateway, allowed), refused: await open(gateway, refused) }
    for (const client of Object.values(idle)) client.send(requestText())
    await until(
      () => idle.allowed.received.includes('fine') && idle.refused.received.includes('fine'),
      'served',
    )

    gateway.apply(snapshot(2, [allowed], { trustedProxies: [proxy] }))
    await until(() => callers.refused.every(({ isBroken }) => isBroken()), 'the refused ones were broken off')
    await until(() => idle.refused.isClosed, 'an idle connection was closed')
    expect(callers.allowed.map(({ isBroken }) => isBroken())).toEqual(callers.allowed.map(() => false))
    // Of the refused ones nothing reaches the model server any more.
    await until(() => upstream.streams.size === callers.allowed.length - 1, 'their streams were called off')
    for (const end of upstream.streams) end()
    for (const caller of callers.allowed) await caller.isWhole()
    idle.allowed.send(requestText())
    await until(() => idle.allowed.received.split('fine').length === 3, 'a kept connection still serves')
    expect(callers.refused.some(({ isBroken }) => !isBroken())).toBe(false)
  })

  test('a hundred times under load refuses no allowed call and allows no refused one', async () => {
    const gateway = await startGateway(snapshot(1, [allowed]))
    closers.push(gateway.close)
    /** Allowed by every second revision. */
    const moody = '127.0.0.4'
    const counts = new Map<string, number>()
    let isRunning = true
    let rounds = 0
    const revision = () => gateway.engine.runtimes.current?.revision ?? 0
    const call = async (who: string, pool: Pool) => {
      while (isRunning) {
        const before = revision()
        const outcome = await pool
          .request({ method: 'GET', path, headers: { authorization: testToken } })
          .then(
            async ({ statusCode, body }) => `${statusCode} ${statusCode === 200 ? await body.text() : ''}`,
          )
          .catch(() => 'broken off')
        // Between two fences of one revision, that revision decided.
        const rule = before !== revision() ? 'changed' : before % 2 === 0 ? 'even' : 'odd'
        const key = who === 'moody' ? `${who} ${rule}: ${outcome}` : `${who}: ${outcome}`
        counts.set(key, (counts.get(key) ?? 0) + 1)
        rounds += 1
      }
    }
    const poolFrom = (localAddress: string) => {
      const pool = new Pool(gateway.url, { connections: 4, localAddress })
      closers.push(() => pool.destroy())
      return pool
    }
    const pools = { allowed: poolFrom(allowed), refused: poolFrom(refused), moody: poolFrom(moody) }
    const load = Object.entries(pools).flatMap(([who, pool]) => [1, 2, 3, 4].map(() => call(who, pool)))
    for (let next = 2; next <= 101; next++) {
      const others = Array.from({ length: next % 7 }, (_, index) => `10.${next}.${index}.0/24`)
      gateway.apply(snapshot(next, [allowed, ...(next % 2 === 0 ? [moody] : []), ...others]))
      const enough = rounds + 30
      await until(() => rounds >= enough, 'calls went on')
    }
    isRunning = false
    await Promise.all(load)
    const outcomes = (who: string) => [...counts.keys()].filter((key) => key.startsWith(who)).sort()
    expect(outcomes('allowed')).toEqual(['allowed: 200 fine'])
    // undici takes a connection that closes between two requests for a broken one; it is never served.
    expect(outcomes('refused').filter((key) => key !== 'refused: broken off')).toEqual(['refused: 403 '])
    expect(outcomes('moody even').filter((key) => !key.includes('broken'))).toEqual(['moody even: 200 fine'])
    expect(outcomes('moody odd').filter((key) => !key.includes('broken'))).toEqual(['moody odd: 403 '])
  })
})

interface Caller {
  isBroken(): boolean
  isWhole(): Promise<void>
}

async function streamByHttp1(client: RawClient, more: string): Promise<Caller> {
  client.send(requestText(`${path}stream`, more))
  await until(() => client.received.includes('begun'), 'the stream began')
  return {
    isBroken: () => client.isClosed,
    isWhole: () => until(() => client.received.endsWith('and whole\r\n0\r\n\r\n'), 'the stream ended whole'),
  }
}

async function streamByHttp2(
  session: Awaited<ReturnType<typeof openHttp2>>,
  more: Record<string, string>,
): Promise<Caller> {
  const stream = session.request({ ...h2Request(more), ':path': `${path}stream` })
  let received = ''
  stream.on('data', (bytes) => {
    received += bytes
  })
  stream.on('error', () => {})
  await until(() => received !== '', 'the stream began')
  return {
    isBroken: () => stream.destroyed && received !== 'begun and whole',
    isWhole: () => until(() => stream.destroyed && received === 'begun and whole', 'the stream ended whole'),
  }
}

async function streamByTls(socket: TLSSocket): Promise<Caller> {
  let received = ''
  let isClosed = false
  socket.on('data', (bytes) => {
    received += bytes
  })
  socket.on('close', () => {
    isClosed = true
  })
  socket.write(requestText(`${path}stream`))
  await until(() => received.includes('begun'), 'the stream began')
  return {
    isBroken: () => isClosed,
    isWhole: () => until(() => received.endsWith('and whole\r\n0\r\n\r\n'), 'the stream ended whole'),
  }
}

async function webSocket(gateway: TestGateway, from: string): Promise<Caller> {
  const options = { localAddress: from, headers: { authorization: testToken } }
  const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}${path}`, options)
  closers.push(() => socket.terminate())
  await new Promise((resolve) => socket.once('open', resolve))
  socket.on('error', () => {})
  return {
    isBroken: () => socket.readyState === WebSocket.CLOSED,
    isWhole: async () => {
      const heard = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))))
      socket.send('still there')
      expect(await heard).toBe('still there')
    },
  }
}

function proxyHeaderOf(address: string): Buffer {
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const bytes = Buffer.alloc(36)
  const [left = '', right = ''] = groups
  left.split(':').forEach((group, index) => void bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2))
  bytes.writeUInt16BE(Number.parseInt(right, 16), 14)
  return Buffer.concat([Buffer.from('\r\n\r\n\0\r\nQUIT\n\x21\x21\x00\x24', 'latin1'), bytes])
}
