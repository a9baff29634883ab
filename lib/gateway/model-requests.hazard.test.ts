import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { testLimits } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  completion,
  type ProviderScript,
  type StandOptions,
  sendJson,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const chat = '/v1/chat/completions'
const answering: ProviderScript = (_call, response) => sendJson(response, completion('Hi.'))
const converted: StandOptions = { api: { protocol: 'anthropic' } }

async function start(script: ProviderScript = answering, options: StandOptions = {}) {
  const provider = await startProvider(script)
  closers.push(provider.close)
  const gateway = await startModelGateway(`${provider.url}/v1`, options)
  closers.push(gateway.close)
  const keys = () =>
    gateway.engine.runtimes.current?.upstreamServices[0]?.provider?.keys?.keys.map(({ state }) => state)
  return { provider, gateway, port: gateway.port, keys }
}

/** A connection on which bytes are written as they are. */
function openRaw(port: number): { socket: Socket; received: () => string } {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString()
  })
  socket.on('error', () => {})
  closers.push(async () => void socket.destroy())
  return { socket, received: () => text }
}

describe('A request', () => {
  test('with another method is told which one there is', async () => {
    const { port } = await start()
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await call(port, chat, { method })
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST'])
      expect(JSON.parse(answer.body).error.code).toBe('method_not_supported')
    }
  })

  test('may come in chunks, and may ask first', async () => {
    const { provider, port } = await start()
    const body = JSON.stringify(chatBody)
    const { socket, received } = openRaw(port)
    socket.write(
      `POST ${chat} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\nexpect: 100-continue\r\n\r\n`,
    )
    await expect.poll(received).toContain('HTTP/1.1 100 Continue')
    for (const part of [body.slice(0, 10), body.slice(10)]) {
      socket.write(`${part.length.toString(16)}\r\n${part}\r\n`)
    }
    socket.write('0\r\n\r\n')
    await expect.poll(received).toContain('HTTP/1.1 200')
    expect(provider.calls[0]).toMatchObject({ body, headers: { 'content-length': String(body.length) } })
  })

  test('that arrives byte by byte is given up in time', async () => {
    const limits = { ...testLimits, requestMs: 100 }
    const { port, gateway } = await start(answering, { snapshot: { limits } })
    const { socket, received } = openRaw(port)
    socket.write(`POST ${chat} HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n{`)
    const drip = setInterval(() => socket.write(' '), 5)
    closers.push(async () => clearInterval(drip))
    await expect.poll(received).toContain('HTTP/1.1 408')
    await expect.poll(() => gateway.engine.overload.heldBytes).toBe(0)
  })

  test.each([
    ['', {}],
    ['converted ', converted],
  ])('with a strange %sbody is answered, or refused with 400', async (_name, options) => {
    const { port } = await start(answering, options)
    const path = options.api === undefined ? chat : '/v1/messages'
    const fields = `"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}]`
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const bodies: Array<[string, number[]]> = [
      [`{${fields},"__proto__":{"stream":true,"model":"evil"}}`, [200, 400]],
      [`{${fields},"constructor":{"prototype":{"x":1}}}`, [200, 400]],
      [`{"model":"other",${fields}}`, [200]],
      [`{${fields},"metadata":${deep}}`, [200, 400]],
      [`{"model":"m","max_tokens":5,"messages":[{"role":"user","content":${deep}}]}`, [200, 400]],
      [`{${fields},"tools":[{"type":"function","function":{"name":"f","parameters":${deep}}}]}`, [200, 400]],
      [`{${fields},"tools":[{"name":"f","input_schema":{"type":"object","x":${deep}}}]}`, [200, 400]],
      [`\uFEFF{${fields}}`, [400]],
      [`{${fields}`, [400]],
      ['null', [400]],
      ['"x"', [400]],
      ['', [400]],
    ]
    for (const [body, statuses] of bodies) {
      const answer = await call(port, path, { body, headers: { 'content-type': 'text/plain' } })
      expect(statuses, body.slice(0, 90)).toContain(answer.status)
    }
    expect(({} as { stream?: unknown }).stream).toBeUndefined()
  })

  test('brings no credentials of its caller, nor what the gateway says itself', async () => {
    const { provider, port } = await start()
    const names = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'cookie', 'proxy-authorization']
    const more = ['x-switchyard-debug', 'x-amz-security-token', 'openai-organization', 'host2']
    const headers = Object.fromEntries([...names, ...more].map((name) => [name, 'callers-own']))
    expect((await callJson(port, `${chat}?key=callers-own`, chatBody, headers)).status).toBe(200)
    expect(JSON.stringify(provider.calls[0])).not.toContain('callers-own')
  })

  test('finds nothing of the servers of a provider in its answer', async () => {
    const { port } = await start((_call, response) => {
      response.setHeader('server', 'secret/1')
      response.setHeader('via', 'secret')
      response.setHeader('x-powered-by', 'secret')
      response.setHeader('set-cookie', 'secret=1')
      response.setHeader('x-switchyard-dropped', 'secret')
      sendJson(response, completion('Hi.'))
    })
    const { status, headers } = await callJson(port, chat, chatBody)
    expect(status).toBe(200)
    expect(JSON.stringify(headers)).not.toContain('secret')
  })
})

describe('What is held whole', () => {
  test.each([
    ['relayed', {}, '"stream":true'],
    ['converted', converted, '"stream":false'],
  ])(
    'of %s calls is counted, refused when it is too much, and given back',
    async (_name, options, stream) => {
      const { port, gateway, provider, keys } = await start(({ body }, response) => {
        if (!body.includes('"stream":true')) return sendJson(response, completion('Hi.'))
        beginStream(response)
        return response.end(`${chunkOf({ content: 'Hi.' })}${chunkOf({}, 'stop')}data: [DONE]\n\n`)
      }, options)
      const { overload } = gateway.engine
      const path = options.api === undefined ? chat : '/v1/messages'
      const body = `{${stream},"model":"m","max_tokens":5,"messages":[{"role":"user","content":"${'x'.repeat(50_000)}"}]}`
      const ask = () => call(port, path, { body })
      expect((await ask()).status).toBe(200)
      await expect.poll(() => overload.heldBytes).toBe(0)
      const fill = () => {
        for (let bytes = 2 ** 50; bytes >= 1; bytes /= 2) {
          try {
            overload.hold(bytes)
          } catch {
            // Half as many may still have room.
          }
        }
        return overload.heldBytes
      }
      const full = fill()
      const refused = await ask()
      expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1'])
      expect(provider.calls).toHaveLength(1)
      expect(overload.heldBytes).toBe(full)
      // Room for the request alone.
      overload.release(body.length + 10)
      expect((await ask()).status).toBe(stream === '"stream":false' ? 503 : 200)
      expect(keys()?.[0]).toMatchObject({ failures: 0, report: { state: 'ready' } })
      overload.release(overload.heldBytes)
      expect((await ask()).status).toBe(200)
      await expect.poll(() => overload.heldBytes).toBe(0)
    },
  )
})

describe('A caller that leaves', () => {
  test.each([
    ['before a whole answer', (): void => {}],
    [
      'within a stream',
      (response: Parameters<ProviderScript>[1]): void => {
        beginStream(response)
        response.write(chunkOf({ content: 'one' }))
      },
    ],
  ])('%s cancels the provider at once, and no key is blamed', async (_name, begin) => {
    let cancelled = 0
    const { port, provider, gateway, keys } = await start(
      (_call, response) => {
        begin(response)
        response.on('close', () => {
          cancelled += 1
        })
      },
      { upstream: { keyFailover: { failures: 1, retryMs: 60_000 }, keys: keysOf('a', 'b') } },
    )
    const body = JSON.stringify({ ...chatBody, stream: true })
    const { socket } = openRaw(port)
    socket.write(`POST ${chat} HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
    await expect.poll(() => provider.calls.length).toBe(1)
    socket.resetAndDestroy()
    await expect.poll(() => cancelled).toBe(1)
    await expect.poll(() => gateway.engine.observer.modelMeters.get('chat model')?.byStatus.get(499)).toBe(1)
    expect(keys()?.every(({ failures, report }) => failures === 0 && report.state !== 'failing')).toBe(true)
    expect(gateway.engine.overload.heldBytes).toBe(0)
  })
})

function keysOf(...names: string[]) {
  return names.map((name) => ({ id: `key_${name}`, value: `token-${name}` }))
}
