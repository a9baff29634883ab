import { createServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { createGuardedConnector, EgressGuard } from '@/lib/gateway/upstream/egress-guard.ts'
import { requestStatus } from '@/lib/gateway/upstream/request-status.ts'
import type { UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import { Http1Upstream } from './http1-upstream.ts'

/** An instance that is a script: it sees bytes and sends bytes. */
class Instance {
  readonly sockets: Socket[] = []
  received = ''
  onBytes: (text: string, socket: Socket) => void = () => {}
  readonly #server: Server

  constructor() {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      this.sockets.push(socket)
      socket.on('error', () => {})
      socket.on('data', (bytes) => {
        const text = bytes.toString('latin1')
        this.received += text
        this.onBytes(text, socket)
      })
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy()
    this.#server.close()
  }
}

interface Answer {
  statuses: number[]
  fields: string[]
  body: string
  trailers: string[] | null
  error: (Error & { code?: string; isStale?: boolean }) | null
  isOver: boolean
  isUpgraded: boolean
  abort: (reason: Error) => void
  resume: () => void
}

const plain: UpstreamRequest = {
  method: 'GET',
  path: '/',
  headers: [],
  body: null,
  contentLength: null,
  isUpgrade: false,
  bodyTimeoutMs: 60_000,
  trailers: null,
}

let instance: Instance
let upstream: Http1Upstream

beforeEach(async () => {
  instance = new Instance()
  const guard = new EgressGuard({ denyCidrs: [], allowCidrs: [] })
  upstream = new Http1Upstream(await instance.open(), createGuardedConnector(guard, 1_000))
})
afterEach(async () => {
  await upstream.destroy()
  instance.close()
})

function send(request: Partial<UpstreamRequest> = {}, takesData = () => true): Answer {
  const answer: Answer = {
    statuses: [],
    fields: [],
    body: '',
    trailers: null,
    error: null,
    isOver: false,
    isUpgraded: false,
    abort: () => {},
    resume: () => {},
  }
  upstream.dispatch(
    { ...plain, ...request },
    {
      onConnect: (abort) => {
        answer.abort = abort
      },
      onHeaders: (status, fields, resume) => {
        answer.statuses.push(status)
        answer.fields = fields.map(String)
        answer.resume = resume
        return true
      },
      onData: (chunk) => {
        answer.body += chunk.toString('latin1')
        return takesData()
      },
      onComplete: (trailers) => {
        answer.trailers = trailers === null ? null : trailers.map(String)
        answer.isOver = true
      },
      onUpgrade: (_status, _fields, socket) => {
        answer.isUpgraded = true
        answer.isOver = true
        socket.on('data', (bytes: Buffer) => {
          answer.body += bytes.toString('latin1')
        })
      },
      onError: (error) => {
        if (answer.isOver) throw new Error('An answer ended twice.')
        answer.error = error
        answer.isOver = true
      },
    },
  )
  return answer
}

const over = (answer: Answer) => until(() => answer.isOver, 'the answer is over')
const answerWith = (text: string) => {
  instance.onBytes = (_received, socket) => void socket.write(text, 'latin1')
}
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

describe('requests', () => {
  test('that begin as another one ends get their own answer', async () => {
    instance.onBytes = (text, socket) => {
      const path = /GET (\S+)/.exec(text)?.[1] ?? ''
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n${path}`)
    }
    let second: Answer | null = null
    const bodies: string[] = []
    upstream.dispatch(
      { ...plain, path: '/first' },
      {
        onConnect: () => {},
        onHeaders: () => {},
        onData: (chunk) => {
          bodies.push(chunk.toString())
          return true
        },
        onComplete: () => {
          second = send({ path: '/second' })
        },
        onUpgrade: () => {},
        onError: () => {},
      },
    )
    await until(() => second?.isOver === true, 'the second answer is over')
    expect([...bodies, second]).toMatchObject(['/first', { body: '/second', error: null }])
    expect(instance.sockets).toHaveLength(1)
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
    expect(send(request).error).toMatchObject({ code: 'REQUEST_UNSENDABLE' })
    expect(instance.received).toBe('')
  })

  test('carry a body of known length, small or large', async () => {
    instance.onBytes = () => {
      if (instance.received.endsWith('!')) instance.sockets[0]?.write(small)
    }
    await over(send({ method: 'POST', body: Buffer.from('abc!') }))
    expect(instance.received).toMatch(/content-length: 4\r\n\r\nabc!$/)
    await over(send({ method: 'PUT', body: Buffer.from(`${'x'.repeat(200_000)}!`) }))
    expect(instance.received).toContain('content-length: 200001\r\n\r\n')
  })

  test('stream a body in chunks, with its trailers', async () => {
    instance.onBytes = () => {
      if (instance.received.endsWith('\r\n\r\n') && instance.received.includes('\r\n0\r\n')) {
        instance.sockets[0]?.write(small)
      }
    }
    const body = Readable.from([Buffer.from('hello'), Buffer.from(' world')])
    await over(send({ method: 'POST', body, trailers: () => ['X-Sum', '11'] }))
    expect(instance.received).toMatch(
      /transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 11\r\n\r\n$/,
    )
  })

  test('fail when a body is shorter than it said', async () => {
    const answer = send({ method: 'POST', body: Readable.from([Buffer.from('abc')]), contentLength: 5 })
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'REQUEST_UNSENDABLE' })
  })

  test('fail with the error that their body fails with', async () => {
    const body = new Readable({ read() {} })
    const answer = send({ method: 'POST', body })
    await until(() => instance.received !== '', 'the request has arrived')
    const reason = new Error('The caller broke off.')
    body.destroy(reason)
    await over(answer)
    expect(answer.error).toBe(reason)
  })

  test('get an early answer while their body is still on its way, and leave that connection', async () => {
    const body = new Readable({ read() {} })
    answerWith('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n')
    const answer = send({ method: 'POST', body })
    await over(answer)
    expect(answer.statuses).toEqual([413])
    expect(body.destroyed).toBe(true)
    answerWith(small)
    await over(send())
    expect(instance.sockets).toHaveLength(2)
  })

  test('that are aborted close their connection at once', async () => {
    const answer = send()
    await until(() => instance.received !== '', 'the request has arrived')
    const reason = new Error('The caller has gone.')
    answer.abort(reason)
    expect(answer.error).toBe(reason)
    await until(
      () => instance.sockets[0]?.readableEnded === true || instance.sockets[0]?.destroyed === true,
      'closed',
    )
  })

  test('to a protocol switch get the connection with what came behind the answer', async () => {
    answerWith('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nfirst')
    const answer = send({ isUpgrade: true })
    await until(() => answer.body === 'first', 'the bytes of the tunnel')
    expect(answer.isUpgraded).toBe(true)
    expect(instance.received).toContain('connection: upgrade\r\nupgrade: websocket\r\n')
  })

  test('that asked for no switch refuse one', async () => {
    answerWith('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n')
    const answer = send()
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'ANSWER_MALFORMED' })
  })
})

describe('answers', () => {
  test('come in any pieces', async () => {
    const text =
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n'
    for (let at = 1; at < text.length; at += 7) {
      instance.onBytes = (_received, socket) => {
        socket.write(text.slice(0, at), 'latin1', () => {
          setImmediate(() => socket.write(text.slice(at), 'latin1'))
        })
      }
      const answer = send()
      await over(answer)
      expect(answer).toMatchObject({
        statuses: [103, 200],
        body: 'abcde',
        trailers: ['X-Sum', '5'],
        error: null,
      })
    }
    expect(instance.sockets).toHaveLength(1)
  })

  test('that promise to close before they are final are refused', async () => {
    answerWith(`HTTP/1.1 103 Early Hints\r\nConnection: close\r\n\r\n${small}`)
    const answer = send()
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'ANSWER_MALFORMED' })
  })

  test('without a length end with the connection', async () => {
    instance.onBytes = (_received, socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end')
    const answer = send()
    await over(answer)
    expect(answer).toMatchObject({ body: 'until the end', error: null })
  })

  test('to HEAD have no body whatever they say', async () => {
    answerWith('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n')
    await over(send({ method: 'HEAD' }))
    await over(send({ method: 'HEAD' }))
    expect(instance.sockets).toHaveLength(1)
  })

  test.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent'],
  ])('cut off within %s are not whole', async (_within, text) => {
    instance.onBytes = (_received, socket) => void socket.end(text)
    const answer = send()
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'ANSWER_BROKE_OFF', isStale: false })
  })

  test('wait for a slow taker without filling memory', async () => {
    const chunk = 'x'.repeat(1_000_000)
    answerWith(`HTTP/1.1 200 OK\r\nContent-Length: ${chunk.length * 20}\r\n\r\n`)
    const answer = send({}, () => false)
    await until(() => answer.statuses.length === 1, 'the head')
    const socket = instance.sockets[0]
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
    answerWith('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')
    const answer = send({ bodyTimeoutMs: 250 })
    await over(answer)
    expect(answer.error).toMatchObject({ code: 'ANSWER_FELL_SILENT' })
  })
})

describe('requestStatus', () => {
  const request = { path: '/health', headers: ['accept', '*/*'] }

  test('tells the status', async () => {
    answerWith('HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno')
    expect(await requestStatus(upstream, request, new AbortController().signal)).toBe(503)
  })

  test('stops when told to', async () => {
    const stopped = new AbortController()
    const status = requestStatus(upstream, request, stopped.signal)
    await until(() => instance.received !== '', 'the request has arrived')
    stopped.abort(new Error('Stopped.'))
    await expect(status).rejects.toThrow('Stopped.')
  })

  test('does not read a page without end', async () => {
    answerWith(`HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n${'x'.repeat(100_000)}`)
    expect(await requestStatus(upstream, request, new AbortController().signal)).toBe(200)
  })
})
