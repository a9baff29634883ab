import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import {
  AccessStand,
  allowed,
  http2Request,
  path,
  proxy,
  refused,
  requestText,
} from '@/lib/gateway/testing/access-stand.ts'
import { answerOf, ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import type { TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

let stand: AccessStand

beforeEach(async () => {
  stand = await AccessStand.open()
})

afterEach(() => stand.close())

function start(overrides: Partial<GatewaySnapshot> = {}): Promise<TestGateway> {
  return stand.start(stand.snapshot(1, [`${allowed}/32`, '2001:db8::/32'], overrides))
}

describe('A refused address', () => {
  test('gets 403 and a closed connection on HTTP/1.1, and the model server hears nothing of it', async () => {
    const gateway = await start()
    const client = await stand.client(gateway.port, refused)
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
    expect(stand.model.forwarded.length).toBe(0)
    const other = await stand.client(gateway.port, allowed)
    other.send(requestText())
    await until(() => other.received.includes('heard 0'), 'the allowed address was served')
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
    const [stranger, friend] = [
      await stand.client(gateway.port, refused),
      await stand.client(gateway.port, allowed),
    ]
    stranger.send(bytes)
    friend.send(bytes)
    await until(() => stranger.received !== '' && friend.received !== '', 'both were answered')
    expect(stranger.received).toMatch(/^HTTP\/1\.1 403 /)
    expect(friend.received.slice(9, 12)).toBe(String(status))
    await until(() => stranger.isClosed, 'the connection was closed')
  })

  test('gets 403 on HTTP/2, whatever its headers, and a connection that ends', async () => {
    const gateway = await start()
    const session = await stand.session(gateway, refused)
    const flawed = await stand.session(gateway, refused)
    expect((await ask(session, http2Request())).headers[':status']).toBe(403)
    expect(
      (await ask(flawed, http2Request({ ':authority': 'one.test', host: 'other.test' }))).headers[':status'],
    ).toBe(403)
    await until(() => session.destroyed && flawed.destroyed, 'the connections were closed')
    const friend = await stand.session(gateway, allowed)
    expect((await ask(friend, http2Request())).body).toBe('heard 0')
    expect(stand.model.forwarded.length).toBe(1)
  })

  test.each([
    ['reads no answer', { initialWindowSize: 0 }, 1],
    ['never ends what it sends', {}, 100],
  ])('keeps no place on HTTP/2 when it %s', async (_how, settings, count) => {
    const gateway = await start()
    const createConnection = () => connect({ port: gateway.port, host: '127.0.0.1', localAddress: refused })
    const session = await openHttp2(gateway.url, { settings, createConnection })
    stand.closers.push(() => session.destroy())
    session.on('error', () => {})
    for (let index = 0; index < count; index++) {
      const stream = session.request({ ':method': 'POST', ...http2Request() })
      stream.on('error', () => {})
      stream.write('more')
    }
    await until(() => gateway.connections() === 0, 'the connection was closed')
  })

  test('keeps no place by asking for ACME challenges', async () => {
    const gateway = await start()
    const client = await stand.client(gateway.port, refused)
    client.send(requestText('/.well-known/acme-challenge/none'))
    await until(() => client.received.startsWith('HTTP/1.1 404 '), 'it was answered')
    await until(() => client.isClosed, 'the connection was closed')
  })

  test('gets PERMISSION_DENIED for a gRPC call, in trailers only', async () => {
    const gateway = await start()
    const session = await stand.session(gateway, refused)
    const call = {
      ':method': 'POST',
      ...http2Request({ 'content-type': 'application/grpc', te: 'trailers' }),
    }
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
    const session = await stand.session(gateway, refused)
    const connect = {
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':scheme': 'http',
      ':authority': 'gateway.test',
    }
    const stream = session.request({ ...connect, ...http2Request({ 'sec-websocket-version': '13' }) })
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
      const socket = await stand.tls(gateway, from, alpn)
      if (alpn === 'h2') {
        const session = await openHttp2('https://demo.test', { createConnection: () => socket })
        expect((await ask(session, http2Request())).headers[':status']).toBe(status)
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
    const client = await stand.client(gateway.port, '127.0.0.1')
    client.socket.write(proxyHeaderOf(address))
    client.send(requestText())
    await until(() => client.received.startsWith(`HTTP/1.1 ${status} `), `the answer was ${status}`)
  })

  test('is the one that a trusted proxy forwards, request by request', async () => {
    const gateway = await start({ trustedProxies: [proxy] })
    const client = await stand.client(gateway.port, proxy)
    const codes = () => [...client.received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => code)
    client.send(requestText(path, `X-Forwarded-For: ${refused}\r\n`))
    await until(() => codes().length === 1, 'the first was answered')
    client.send(requestText(path, `X-Forwarded-For: ${refused}\r\nX-Forwarded-For: ${allowed}\r\n`))
    await until(() => codes().length === 2, 'the second was answered')
    client.send(requestText())
    await until(() => codes().length === 3, 'the third was answered')
    expect(codes()).toEqual(['403', '200', '403'])
    expect(client.received).toContain(`The address ${proxy} may not`)
    const liar = await stand.client(gateway.port, refused)
    liar.send(requestText(path, `X-Forwarded-For: ${allowed}\r\n`))
    await until(() => liar.received.startsWith('HTTP/1.1 403'), 'a forged header changes nothing')
  })

  test('of one side may call the other', async () => {
    const gateway = await start()
    const client = await stand.client(gateway.vpcPort, refused)
    client.send(requestText())
    await until(() => client.received.includes('heard 0'), 'the VPC side served it')
  })
})

function proxyHeaderOf(address: string): Buffer {
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const bytes = Buffer.alloc(36)
  const [left = '', right = ''] = groups
  left.split(':').forEach((group, index) => void bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2))
  bytes.writeUInt16BE(Number.parseInt(right, 16), 14)
  return Buffer.concat([Buffer.from('\r\n\r\n\0\r\nQUIT\n\x21\x21\x00\x24', 'latin1'), bytes])
}
