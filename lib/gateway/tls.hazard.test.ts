import * as grpc from '@grpc/grpc-js'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { Echo, startGrpcEcho } from '@/lib/gateway/testing/start-grpc-echo.ts'
import { largeChunks } from '@/lib/gateway/testing/start-streaming-model.ts'
import {
  certificates,
  http2Client,
  received,
  requestTo,
  TlsStand,
  tlsSnapshot,
} from '@/lib/gateway/testing/tls-stand.ts'

const stand = new TlsStand()
const path = '/api/predict/demo/'

afterEach(() => stand.close())

describe('Behind TLS', () => {
  test('HTTP/1.1 keeps connections, and the model server learns that it was HTTPS', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const socket = await stand.shake(gateway)
    const text = received(socket)
    for (let count = 1; count <= 3; count++) {
      socket.write(requestTo())
      await until(() => text().split('heard').length === count + 1, `answer ${count}`)
    }
    expect(model.forwarded).toEqual(['https', 'https', 'https'])
    const body = 'x'.repeat(300_000)
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: one.test\r\nAuthorization: ${testToken}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    await until(() => text().includes('heard 300000'), 'a large body went up')
  })

  test('a slow reader holds the model server back and gets every byte', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const socket = await stand.shake(gateway)
    socket.write(requestTo('large', 'Connection: close\r\n'))
    socket.pause()
    const other = await stand.shake(gateway)
    const text = received(other)
    for (let count = 1; count <= 50; count++) {
      other.write(requestTo())
      await until(() => text().split('heard').length === count + 1, 'another caller is served meanwhile')
    }
    expect(model.large.chunks).toBeLessThan(largeChunks)
    let bytes = 0
    let isEnded = false
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    socket.on('end', () => {
      isEnded = true
    })
    socket.resume()
    await until(() => isEnded, 'it ended')
    expect(model.large.chunks).toBe(largeChunks)
    expect(bytes).toBeGreaterThan(largeChunks * 65_536)
  })

  test('an answer that breaks off is seen to be broken, even where only its end would tell', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const socket = await stand.shake(gateway)
    const text = received(socket)
    let failure: string | undefined
    socket.on('error', (error: NodeJS.ErrnoException) => {
      failure = error.code
    })
    socket.write(requestTo('stream').replace('HTTP/1.1', 'HTTP/1.0'))
    await until(() => text().includes('begun'), 'it began')
    for (const stream of model.streams) stream.destroy()
    await until(() => failure === 'ECONNRESET', 'the connection was reset')
  })

  test('a caller that ends its half is answered what was asked before; one that is owed an answer has left', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const done = await stand.shake(gateway)
    const text = received(done)
    done.write(requestTo())
    await until(() => text().includes('heard 0'), 'it was answered')
    const ended = new Promise((resolve) => done.once('end', resolve))
    done.end()
    await ended
    const owed = await stand.shake(gateway)
    owed.write(requestTo('stream'))
    await until(() => model.streams.size === 1, 'a stream runs')
    owed.end()
    await until(() => model.streams.size === 0, 'the model server is told that nobody listens')
    await until(() => gateway.connections() === 0, 'nothing is left open')
  })

  test('HTTP/2 serves many streams at once', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const session = await openHttp2(`https://one.test:${gateway.tlsPort}`, http2Client(gateway))
    stand.closers.push(() => session.destroy())
    const large = Buffer.alloc(200_000, 1)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        ask(session, { ':method': 'POST', ':path': path, authorization: testToken }, large),
      ),
    )
    expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(['heard 200000']))
    expect(new Set(model.forwarded)).toEqual(new Set(['https']))
    const whole = await ask(session, { ':path': `${path}large`, authorization: testToken })
    expect([whole.body.length > 0, whole.resetCode]).toEqual([true, 0])
  })

  test('WebSockets pass over HTTP/1.1 and HTTP/2', async () => {
    const gateway = await stand.startGateway(await stand.startModel())
    const socket = new WebSocket(`wss://127.0.0.1:${gateway.tlsPort}${path}`, {
      rejectUnauthorized: false,
      headers: { authorization: testToken },
    })
    stand.closers.push(() => socket.terminate())
    await new Promise((resolve) => socket.once('open', resolve))
    const large = Buffer.alloc(1_000_000, 5)
    const heard = new Promise<Buffer>((resolve) => socket.once('message', (data) => resolve(data as Buffer)))
    socket.send(large)
    expect((await heard).equals(large)).toBe(true)
    const session = await openHttp2(`https://one.test:${gateway.tlsPort}`, http2Client(gateway))
    stand.closers.push(() => session.destroy())
    const stream = session.request(
      {
        ':method': 'CONNECT',
        ':protocol': 'websocket',
        ':scheme': 'https',
        ':authority': 'one.test',
        ':path': path,
        'sec-websocket-version': '13',
        authorization: testToken,
      },
      { endStream: false },
    )
    const status = await new Promise((resolve) => stream.once('response', (head) => resolve(head[':status'])))
    expect(status).toBe(200)
    const frame = new Promise<Buffer>((resolve) => stream.once('data', resolve))
    // A masked binary frame: "hi" with a mask of zeros.
    stream.write(Buffer.from([0x82, 0x82, 0, 0, 0, 0, 0x68, 0x69]))
    expect((await frame).toString('latin1')).toBe('\x82\x02hi')
  })

  test('gRPC passes', async () => {
    const echo = await startGrpcEcho()
    stand.closers.push(echo.close)
    const gateway = await stand.startGateway(echo)
    const credentials = grpc.credentials.createSsl(Buffer.from(certificates.one.cert))
    const client: any = new Echo(`127.0.0.1:${gateway.tlsPort}`, credentials, {
      'grpc.ssl_target_name_override': 'demo.one.test',
      'grpc.default_authority': 'demo.one.test',
    })
    stand.closers.push(() => client.close())
    const metadata = new grpc.Metadata()
    metadata.set('authorization', testToken)
    const answer = await new Promise((resolve, reject) =>
      client.Unary({ text: 'hello' }, metadata, (error: Error | null, message: { text: string }) =>
        error === null ? resolve(message.text) : reject(error),
      ),
    )
    expect(answer).toBe('hello')
  })

  test('a drain finishes what is under way: Connection: close, GOAWAY', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const socket = await stand.shake(gateway)
    const text = received(socket)
    socket.write(requestTo('stream'))
    const session = await openHttp2(`https://one.test:${gateway.tlsPort}`, http2Client(gateway))
    stand.closers.push(() => session.destroy())
    const stream = ask(session, { ':path': `${path}stream`, authorization: testToken })
    let hasGoaway = false
    session.on('goaway', () => {
      hasGoaway = true
    })
    await until(() => model.streams.size === 2, 'both streams run')
    const drained = gateway.drain()
    await until(() => hasGoaway, 'a GOAWAY came')
    model.end()
    expect((await stream).body).toBe('begun and whole')
    await until(() => text().endsWith('0\r\n\r\n'), 'the other ended whole')
    await drained
    await expect(stand.shake(gateway)).rejects.toThrow()
  })

  test('200 open connections with streams do not notice that the certificate is replaced', async () => {
    const model = await stand.startModel()
    const gateway = await stand.startGateway(model)
    const old = (await stand.shake(gateway)).getPeerCertificate().fingerprint256
    const callers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const socket = await stand.shake(gateway)
        const text = received(socket)
        socket.write(requestTo('stream'))
        return { socket, text }
      }),
    )
    const streams: Array<Promise<{ body: string; resetCode: number }>> = []
    for (let count = 0; count < 100; count++) {
      const session = await openHttp2(`https://one.test:${gateway.tlsPort}`, http2Client(gateway))
      stand.closers.push(() => session.destroy())
      streams.push(ask(session, { ':path': `${path}stream`, authorization: testToken }))
    }
    await until(() => model.streams.size === 200, '200 streams run')
    gateway.apply(tlsSnapshot(model.url, { 'one.test': certificates.renewed }, { revision: 2 }))
    expect((await stand.shake(gateway)).getPeerCertificate().fingerprint256).not.toBe(old)
    model.end()
    expect(
      new Set((await Promise.all(streams)).map(({ body, resetCode }) => `${body} ${resetCode}`)),
    ).toEqual(new Set(['begun and whole 0']))
    await until(
      () => callers.every(({ text }) => text().endsWith('and whole\r\n0\r\n\r\n')),
      'all ended whole',
    )
    for (const { socket } of callers) socket.write(requestTo())
    await until(() => callers.every(({ text }) => text().includes('heard 0')), 'all are served further')
  })
})
