import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { plainRequest, type SeenAnswer } from './testing/send-and-see.ts'
import { over, small, standForEachTest } from './testing/upstream-stand.ts'

const stand = standForEachTest()

describe('requests', () => {
  test('that begin as another one ends get their own answer', async () => {
    stand.instance.onBytes = (text, socket) => {
      const path = /GET (\S+)/.exec(text)?.[1] ?? ''
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`)
    }
    let second: SeenAnswer | null = null
    const bodies: string[] = []
    stand.upstream.dispatch(
      { ...plainRequest, path: '/first' },
      {
        onConnect: () => {},
        onHeaders: () => {},
        onData: (chunk) => {
          bodies.push(chunk.toString())
          return true
        },
        onComplete: () => {
          second = stand.send({ path: '/second' })
        },
        onUpgrade: () => {},
        onError: () => {},
      },
    )
    await until(() => second?.isOver === true, 'the second answer is over')
    expect([...bodies, second]).toMatchObject(['/first', { body: '/second', error: null }])
    expect(stand.instance.sockets).toHaveLength(1)
  })

  test.each([
    { path: '/a b' },
    { path: '/\r\nx: y' },
    { path: '' },
    { method: 'GET / HTTP/1.1\r\n' },
    { headers: ['a b', 'c'] },
    { headers: ['a', 'b\r\nc: d'] },
    { headers: ['a', 'b\u0100'] },
  ])('that cannot be sent are refused: %j', (request) => {
    expect(stand.send(request).error).toMatchObject({ code: 'REQUEST_UNSENDABLE' })
    expect(stand.instance.received).toBe('')
  })

  test('carry a body of known length, small or large', async () => {
    stand.instance.onBytes = () => {
      if (stand.instance.received.endsWith('!')) stand.instance.sockets[0]?.write(small)
    }
    await over(stand.send({ method: 'POST', body: Buffer.from('abc!') }))
    expect(stand.instance.received).toMatch(/content-length: 4\r\n\r\nabc!$/)
    await over(stand.send({ method: 'PUT', body: Buffer.from(`${'x'.repeat(200_000)}!`) }))
    expect(stand.instance.received).toContain('content-length: 200001\r\n\r\n')
  })

  test('stream a body in chunks, with its trailers', async () => {
    stand.instance.onBytes = () => {
      if (stand.instance.received.endsWith('\r\n\r\n') && stand.instance.received.includes('\r\n0\r\n')) {
        stand.instance.sockets[0]?.write(small)
      }
    }
    const body = Readable.from([Buffer.from('hello'), Buffer.from(' world')])
    await over(stand.send({ method: 'POST', body, trailers: () => ['X-Sum', '11'] }))
    expect(stand.instance.received).toMatch(
      /transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 11\r\n\r\n$/,
    )
  })

  test('fail when a body is shorter than it said', async () => {
    const answer = stand.send({ method: 'POST', body: Readable.from([Buffer.from('abc')]), contentLength: 5 })
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'REQUEST_UNSENDABLE' })
  })

  test('fail with the error that their body fails with', async () => {
    const body = new Readable({ read() {} })
    const answer = stand.send({ method: 'POST', body })
    await until(() => stand.instance.received !== '', 'the request has arrived')
    const reason = new Error('The caller broke off.')
    body.destroy(reason)
    await over(answer)
    expect(answer.error).toBe(reason)
  })

  test('get an early answer while their body is still on its way, and leave that connection', async () => {
    const body = new Readable({ read() {} })
    stand.instance.answerWith('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n')
    const answer = stand.send({ method: 'POST', body })
    await over(answer)
    expect(answer.statuses).toEqual([413])
    expect(body.destroyed).toBe(true)
    stand.instance.answerWith(small)
    await over(stand.send())
    expect(stand.instance.sockets).toHaveLength(2)
  })

  test('that are aborted close their connection at once', async () => {
    const answer = stand.send()
    await until(() => stand.instance.received !== '', 'the request has arrived')
    const reason = new Error('The caller has gone.')
    answer.abort(reason)
    expect(answer.error).toBe(reason)
    await until(
      () =>
        stand.instance.sockets[0]?.readableEnded === true || stand.instance.sockets[0]?.destroyed === true,
      'closed',
    )
  })

  test('to a protocol switch get the connection with what came behind the answer', async () => {
    stand.instance.answerWith('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nfirst')
    const answer = stand.send({ isUpgrade: true })
    await until(() => answer.body === 'first', 'the bytes of the tunnel')
    expect(answer.isUpgraded).toBe(true)
    expect(stand.instance.received).toContain('connection: upgrade\r\nupgrade: websocket\r\n')
  })

  test('that asked for no switch refuse one', async () => {
    stand.instance.answerWith('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n')
    const answer = stand.send()
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'ANSWER_MALFORMED' })
  })
})
