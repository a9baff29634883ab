import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { createGuardedConnector, EgressGuard } from '@/lib/gateway/upstream/egress-guard.ts'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import { Http1Upstream } from './http1-upstream.ts'
import { ScriptedInstance } from './testing/scripted-instance.ts'
import { type SeenAnswer, sendAndSee } from './testing/send-and-see.ts'

let instance: ScriptedInstance
let upstream: Http1Upstream

beforeEach(async () => {
  instance = new ScriptedInstance()
  const guard = new EgressGuard({ denyCidrs: [], allowCidrs: [] })
  upstream = new Http1Upstream(await instance.open(), createGuardedConnector(guard, 1_000))
})
afterEach(async () => {
  await upstream.destroy()
  instance.close()
})

const send = (request: Partial<UpstreamRequest> = {}, takesData = () => true) =>
  sendAndSee(upstream, request, takesData)
const over = (answer: SeenAnswer) => until(() => answer.isOver, 'the answer is over')
const answerWith = (text: string) => instance.answerWith(text)
const small = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'

describe('connections', () => {
  test('are used again, the last one first', async () => {
    answerWith(small)
    for (let index = 0; index < 3; index++) await over(send())
    expect(instance.sockets).toHaveLength(1)
    const both = [send(), send()]
    await Promise.all(both.map(over))
    expect(instance.sockets).toHaveLength(2)
    expect(instance.received).toContain('GET / HTTP/1.1\r\nhost: 127.0.0.1:')
  })

  test.each([
    ['the instance asks for it', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
    ['it is HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    ['bytes follow the answer', `${small}HTTP/1.1 200 OK\r\n`],
    ['a 204 claims a body', 'HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n'],
  ])('are not used again when %s', async (_why, text) => {
    answerWith(text)
    await over(send())
    await over(send())
    expect(instance.sockets).toHaveLength(2)
  })

  test('are given up when bytes come that nobody asked for', async () => {
    answerWith(small)
    await over(send())
    instance.sockets[0]?.write(small)
    await until(
      () => instance.sockets[0]?.destroyed === true || instance.sockets[0]?.readableEnded === true,
      'closed',
    )
    const next = send()
    await over(next)
    expect(next).toMatchObject({ statuses: [200], body: 'ok' })
    expect(instance.sockets).toHaveLength(2)
  })

  test('that the instance closes as a request goes out fail as stale', async () => {
    answerWith(small)
    await over(send())
    instance.onBytes = (_text, socket) => socket.destroy()
    const second = send({ method: 'POST', body: Buffer.from('x') })
    await over(second)
    expect(second.error).toMatchObject({ code: 'ANSWER_BROKE_OFF', isStale: true })
    const fresh = send()
    await over(fresh)
    expect(fresh.error).toMatchObject({ code: 'ANSWER_BROKE_OFF', isStale: false })
  })

  test('close when the pool does, after the answer under way', async () => {
    const answer = send()
    await until(() => instance.received !== '', 'the request has arrived')
    let isClosed = false
    const closed = upstream.close().then(() => {
      isClosed = true
    })
    expect(isClosed).toBe(false)
    instance.sockets[0]?.write(small)
    await over(answer)
    await closed
    expect(answer.body).toBe('ok')
    expect(send().error).toMatchObject({ code: 'POOL_CLOSED' })
  })

  test('that cannot be made are an error without a request', async () => {
    instance.close()
    const answer = send()
    await over(answer)
    expect(answer.error?.code).toBe('ECONNREFUSED')
  })
})
