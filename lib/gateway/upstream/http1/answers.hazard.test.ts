import { describe, expect, test } from 'vitest'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { over, small, standForEachTest } from './testing/upstream-stand.ts'

const stand = standForEachTest()

describe('answers', () => {
  test('come in any pieces', async () => {
    const text =
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n'
    for (let at = 1; at < text.length; at += 7) {
      stand.instance.onBytes = (_received, socket) => {
        socket.write(text.slice(0, at), 'latin1', () => {
          setImmediate(() => socket.write(text.slice(at), 'latin1'))
        })
      }
      const answer = stand.send()
      await over(answer)
      expect(answer).toMatchObject({
        statuses: [103, 200],
        body: 'abcde',
        trailers: ['X-Sum', '5'],
        error: null,
      })
    }
    expect(stand.instance.sockets).toHaveLength(1)
  })

  test('that promise to close before they are final are refused', async () => {
    stand.instance.answerWith(`HTTP/1.1 103 Early Hints\r\nConnection: close\r\n\r\n${small}`)
    const answer = stand.send()
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'ANSWER_MALFORMED' })
  })

  test('without a length end with the connection', async () => {
    stand.instance.onBytes = (_received, socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end')
    const answer = stand.send()
    await over(answer)
    expect(answer).toMatchObject({ body: 'until the end', error: null })
  })

  test('to HEAD have no body whatever they say', async () => {
    stand.instance.answerWith('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n')
    await over(stand.send({ method: 'HEAD' }))
    await over(stand.send({ method: 'HEAD' }))
    expect(stand.instance.sockets).toHaveLength(1)
  })

  test.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent'],
  ])('cut off within %s are not whole', async (_within, text) => {
    stand.instance.onBytes = (_received, socket) => void socket.end(text)
    const answer = stand.send()
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'ANSWER_BROKE_OFF', isStale: false })
  })

  test('wait for a slow taker without filling memory', async () => {
    const chunk = 'x'.repeat(1_000_000)
    stand.instance.answerWith(`HTTP/1.1 200 OK\r\nContent-Length: ${chunk.length * 20}\r\n\r\n`)
    const answer = stand.send({}, () => false)
    await until(() => answer.statuses.length === 1, 'the head')
    const socket = stand.instance.sockets[0]
    for (let index = 0; index < 20; index++) socket?.write(chunk)
    await until(() => answer.body.length > 0, 'the first bytes')
    await until(() => (socket?.writableLength ?? 0) > chunk.length * 5, 'the instance has to wait')
    expect(answer.body.length).toBeLessThan(200_000)
    const pull = setInterval(() => answer.resume(), 0)
    await over(answer)
    clearInterval(pull)
    expect(answer.body.length).toBe(chunk.length * 20)
  })

  test('that fall silent end after the time given', async () => {
    stand.instance.answerWith('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')
    const answer = stand.send({ bodyTimeoutMs: 250 })
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'ANSWER_FELL_SILENT' })
  })
})
