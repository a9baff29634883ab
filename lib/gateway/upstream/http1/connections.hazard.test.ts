import { describe, expect, test } from 'vitest'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { over, small, standForEachTest } from './testing/upstream-stand.ts'

const stand = standForEachTest()

describe('connections', () => {
  test('are used again, the last one first', async () => {
    stand.instance.answerWith(small)
    for (let index = 0; index < 3; index++) await over(stand.send())
    expect(stand.instance.sockets).toHaveLength(1)
    const both = [stand.send(), stand.send()]
    await Promise.all(both.map(over))
    expect(stand.instance.sockets).toHaveLength(2)
    expect(stand.instance.received).toContain('GET / HTTP/1.1\r\nhost: 127.0.0.1:')
  })

  test.each([
    ['the instance asks for it', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
    ['it is HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    ['bytes follow the answer', `${small}HTTP/1.1 200 OK\r\n`],
    ['a 204 claims a body', 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n'],
  ])('are not used again when %s', async (_why, text) => {
    stand.instance.answerWith(text)
    await over(stand.send())
    await over(stand.send())
    expect(stand.instance.sockets).toHaveLength(2)
  })

  test('are given up when bytes come that nobody asked for', async () => {
    stand.instance.answerWith(small)
    await over(stand.send())
    stand.instance.sockets[0]?.write(small)
    await until(
      () =>
        stand.instance.sockets[0]?.destroyed === true || stand.instance.sockets[0]?.readableEnded === true,
      'closed',
    )
    const next = stand.send()
    await over(next)
    expect(next).toMatchObject({ statuses: [200], body: 'ok' })
    expect(stand.instance.sockets).toHaveLength(2)
  })

  test('that the instance closes as a request goes out fail as stale', async () => {
    stand.instance.answerWith(small)
    await over(stand.send())
    stand.instance.onBytes = (_text, socket) => socket.destroy()
    const second = stand.send({ method: 'POST', body: Buffer.from('x') })
    await over(second)
    expect(second.error).toMatchObject({ code: 'ANSWER_BROKE_OFF', isStale: true })
    const fresh = stand.send()
    await over(fresh)
    expect(fresh.error).toMatchObject({ code: 'ANSWER_BROKE_OFF', isStale: false })
  })

  test('close when the pool does, after the answer under way', async () => {
    const answer = stand.send()
    await until(() => stand.instance.received !== '', 'the request has arrived')
    let isClosed = false
    const closed = stand.upstream.close().then(() => {
      isClosed = true
    })
    expect(isClosed).toBe(false)
    stand.instance.sockets[0]?.write(small)
    await over(answer)
    await closed
    expect(answer.body).toBe('ok')
    expect(stand.send().error).toMatchObject({ code: 'POOL_CLOSED' })
  })

  test('that cannot be made are an error without a request', async () => {
    stand.instance.close()
    const answer = stand.send()
    await over(answer)
    expect(answer.error?.code).toBe('ECONNREFUSED')
  })
})
