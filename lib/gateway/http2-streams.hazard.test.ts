import type { RequestListener, ServerResponse } from 'node:http'
import { constants } from 'node:http2'
import { afterEach, describe, expect, test } from 'vitest'
import { answerOf, ask } from '@/lib/gateway/testing/http2-client.ts'
import { testToken } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startHttp2Setting, statusCounts } from '@/lib/gateway/testing/start-http2-setting.ts'
import { readBody } from '@/lib/gateway/testing/start-upstream.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

const closers: Array<() => Promise<void> | void> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const path = '/api/predict/demo/v1/chat/completions'
const post = { ':method': 'POST', ':path': path, authorization: testToken }
const get = { ':path': path, authorization: testToken }
const setUp = (handler: RequestListener, limits?: Partial<GatewayLimits>) =>
  startHttp2Setting(closers, handler, limits)

describe('A stream over HTTP/2', () => {
  test('arrives chunk by chunk: each before the next one is sent', async () => {
    let response: ServerResponse | undefined
    const { session } = await setUp((_request, begun) => {
      begun.writeHead(200, { 'content-type': 'text/event-stream' })
      begun.flushHeaders()
      response = begun
    })
    const stream = session.request(get)
    let received = ''
    let status = 0
    stream.on('response', (headers) => {
      status = headers[':status'] ?? 0
    })
    stream.on('data', (chunk) => {
      received += chunk
    })
    await until(() => status === 200, 'headers came alone')
    for (const number of [1, 2, 3]) {
      response?.write(`data: ${number}\n\n`)
      await until(() => received.endsWith(`data: ${number}\n\n`), `chunk ${number} came`)
    }
  })

  test('goes both ways at once', async () => {
    const { session } = await setUp((request, response) => {
      request.on('data', (chunk: Buffer) => response.write(`echo ${chunk}`))
      request.on('end', () => response.end())
    })
    const stream = session.request(post)
    let received = ''
    stream.on('data', (chunk) => {
      received += chunk
    })
    for (const word of ['one', 'two', 'three']) {
      stream.write(word)
      await until(() => received.endsWith(`echo ${word}`), `${word} came back`)
    }
    stream.end()
    await until(() => stream.closed, 'both ends are over')
    expect(stream.rstCode).toBe(0)
  })

  test('brings trailers and early hints', async () => {
    const { session } = await setUp((_request, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' })
      response.writeHead(200, { trailer: 'x-sum' })
      response.write('body')
      response.addTrailers({ 'x-sum': '42' })
      response.end()
    })
    const stream = session.request(get)
    const interim: unknown[] = []
    stream.on('headers', (headers) => interim.push(headers[':status'], headers['link']))
    const answer = await answerOf(stream)
    expect(interim).toEqual([103, '</style.css>; rel=preload'])
    expect(answer.body).toBe('body')
    expect(answer.trailers?.['x-sum']).toBe('42')
  })

  test('is cancelled at the instance when the caller resets it, and counts as 499', async () => {
    let cancelled = 0
    const { session, gateway } = await setUp((_request, response) => {
      response.on('close', () => {
        cancelled += 1
      })
      response.write('begun')
    })
    const streams = [session.request(get), session.request(get)]
    for (const stream of streams) {
      await new Promise<void>((resolve) => stream.once('data', () => resolve()))
    }
    streams[0]?.close(constants.NGHTTP2_CANCEL)
    await until(() => cancelled === 1, 'the first one was cancelled')
    session.destroy()
    await until(() => cancelled === 2, 'so was the other, with its connection')
    await until(() => statusCounts(gateway)['499'] === 2, 'both count')
    expect(gateway.engine.observer.openRequests).toBe(0)
  })

  test('that breaks off at the instance is reset, so that half an answer never looks whole', async () => {
    const { session, gateway } = await setUp((request, response) => {
      if (request.url?.endsWith('?long') === true) response.setHeader('content-length', '1000')
      response.write('begun', () => response.destroy())
    })
    for (const headers of [get, { ...get, ':path': `${path}?long` }]) {
      const answer = await ask(session, headers)
      expect(answer).toMatchObject({ body: 'begun', resetCode: constants.NGHTTP2_INTERNAL_ERROR })
    }
    expect(statusCounts(gateway)).toEqual({ 502: 2 })
  })

  test('waits for a slow reader instead of filling memory, and does not hold up others', async () => {
    let written = 0
    let isOver = false
    const total = 32 * 1024 * 1024
    const { session } = await setUp((request, response) => {
      if (request.headers['x-short'] !== undefined) {
        response.end('short')
        return
      }
      const chunk = Buffer.alloc(65_536)
      const fill = () => {
        while (written < total) {
          written += chunk.length
          if (!response.write(chunk)) {
            response.once('drain', fill)
            return
          }
        }
        isOver = true
        response.end()
      }
      fill()
    })
    const slow = session.request(get)
    slow.pause()
    await new Promise<void>((resolve) => slow.once('response', () => resolve()))
    const short = await ask(session, { ...get, 'x-short': '1' })
    expect(short.body).toBe('short')
    let before = -1
    await until(() => {
      const stands = before === written
      before = written
      return stands
    }, 'the instance was paused')
    expect(written).toBeLessThan(total / 2)
    let received = 0
    slow.resume()
    slow.on('data', (chunk: Buffer) => {
      received += chunk.length
    })
    await until(() => isOver && received === total, 'all of it came once it was read')
  })
})

describe('An upload over HTTP/2', () => {
  test('is paused while the instance does not read', async () => {
    let read: (() => void) | undefined
    let taken = 0
    const { session } = await setUp(
      (request, response) => {
        request.pause()
        read = () => {
          request.on('data', (chunk: Buffer) => {
            taken += chunk.length
          })
          request.on('end', () => response.end(String(taken)))
          request.resume()
        }
      },
      { requestBodyBytesMax: 64 * 1024 * 1024 },
    )
    const total = 32 * 1024 * 1024
    const stream = session.request(post)
    const answered = answerOf(stream)
    let sent = 0
    const chunk = Buffer.alloc(65_536)
    const fill = () => {
      while (sent < total) {
        sent += chunk.length
        if (!stream.write(chunk)) {
          stream.once('drain', fill)
          return
        }
      }
      stream.end()
    }
    fill()
    await until(() => read !== undefined, 'the instance has the request')
    let before = -1
    await until(() => {
      const stands = before === sent
      before = sent
      return stands
    }, 'the caller was paused')
    expect(sent).toBeLessThan(total / 2)
    read?.()
    expect((await answered).body).toBe(String(total))
  })

  test('that is too large is refused, declared or not', async () => {
    const { session } = await setUp(
      (request, response) =>
        void readBody(request).then(
          (body) => response.end(body),
          () => {},
        ),
      { requestBodyBytesMax: 1_000 },
    )
    const declared = await ask(session, { ...post, 'content-length': '2000' }, Buffer.alloc(2_000))
    expect(declared.headers[':status']).toBe(413)
    expect(JSON.parse(declared.body).error.code).toBe('body_too_large')
    const undeclared = await ask(session, post, Buffer.alloc(200_000))
    expect(undeclared.headers[':status']).toBe(413)
    // The connection has survived both.
    expect((await ask(session, post, 'small')).body).toBe('small')
  })

  test('that callers take back unread leaves room for others on the connection', async () => {
    const { session, upstream } = await setUp((request, response) => {
      if (request.method === 'GET') response.end('served')
      else request.pause()
    })
    // Each leaves a whole window of bytes behind; together more than a connection may hold.
    for (let number = 1; number <= 180; number++) {
      const stream = session.request(post)
      stream.on('error', () => {})
      stream.write(Buffer.alloc(200_000))
      await until(() => upstream.requests.length === number, `upload ${number} arrived`)
      stream.close()
    }
    expect(await ask(session, get)).toMatchObject({ body: 'served', resetCode: 0 })
  })

  test('that breaks off cancels the instance', async () => {
    let wasAborted = false
    const { session, upstream } = await setUp((request) => {
      request.resume()
      request.on('close', () => {
        wasAborted = !request.complete
      })
    })
    // With trailers to come, node's client resets without ending the body first.
    const stream = session.request(post, { waitForTrailers: true })
    stream.on('error', () => {})
    stream.write('half')
    await until(() => upstream.requests.length === 1, 'the instance has the request')
    stream.close(constants.NGHTTP2_CANCEL)
    await until(() => wasAborted, 'the instance was cancelled')
  })
})
