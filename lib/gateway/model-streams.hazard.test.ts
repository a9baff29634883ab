import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  type ProviderCall,
  type ProviderScript,
  type StandOptions,
  startModelGateway,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const chat = '/v1/chat/completions'
const streamBody = { ...chatBody, stream: true }
const messageBody = { ...streamBody, max_tokens: 100 }
const done = `${chunkOf({}, 'stop')}data: [DONE]\n\n`

async function start(script: ProviderScript, options: StandOptions = {}) {
  const provider = await startProvider(script)
  closers.push(provider.close)
  const gateway = await startModelGateway(`${provider.url}/v1`, options)
  closers.push(gateway.close)
  const isConverted = options.api?.protocol === 'anthropic'
  const ask = () =>
    isConverted
      ? callJson(gateway.port, '/v1/messages', messageBody)
      : callJson(gateway.port, chat, streamBody)
  const counted = (status: number) =>
    gateway.engine.observer.modelMeters.get('chat model')?.byStatus.get(status) ?? 0
  const keys = () =>
    gateway.engine.runtimes.current?.upstreamServices[0]?.provider?.keys?.keys.map(
      ({ state }) => state.report.state,
    )
  return { provider, gateway, ask, counted, keys }
}

const errorEvent = (fields: object) =>
  `data: ${JSON.stringify({ error: { message: 'Busy.', ...fields } })}\n\n`
const keyOf = ({ headers }: ProviderCall) => headers.authorization?.replace('Bearer token-', '') ?? ''
const keysOf = (...names: string[]) => names.map((name) => ({ id: `key_${name}`, value: `token-${name}` }))

describe('A stream that is relayed', () => {
  test('ends with an error event where the provider breaks off between two events', async () => {
    const { ask, counted } = await start((_call, response) => {
      beginStream(response)
      response.write(chunkOf({ content: 'half' }), () => response.destroy())
    })
    const { status, isBroken, body } = await ask()
    expect([status, isBroken]).toEqual([200, false])
    expect(body).toMatch(/half.*\n\ndata: \{"error":\{"message":"The stream of the service ended before/)
    expect(body).not.toContain('[DONE]')
    await expect.poll(() => counted(502)).toBe(1)
  })

  test('ends with an error event also where the provider breaks off within an event', async () => {
    const { ask, counted } = await start((_call, response) => {
      beginStream(response)
      const text = chunkOf({ content: 'half' })
      response.write(text + text.slice(0, 40), () => response.destroy())
    })
    const { status, isBroken, body } = await ask()
    expect([status, isBroken]).toEqual([200, false])
    expect(body).toMatch(/\n\ndata: .*[^}]\n\ndata: \{"error":/)
    await expect.poll(() => counted(502)).toBe(1)
  })

  test.each([
    ['in good order', {}],
    ['with its connection', { connection: 'close' }],
  ])('that ends %s before its answer does ends with an error event', async (_name, headers) => {
    const { ask, counted } = await start((_call, response) => {
      if ('connection' in headers) response.useChunkedEncodingByDefault = false
      response.writeHead(200, { 'content-type': 'text/event-stream', ...headers })
      response.end(chunkOf({ role: 'assistant' }) + chunkOf({ content: 'half' }))
    })
    const { body } = await ask()
    expect(body).toContain('half')
    expect(body.trim().split('\n\n').at(-1)).toContain('"error"')
    await expect.poll(() => counted(502)).toBe(1)
  })

  test('is whole once it says why it stopped, however its connection ends', async () => {
    const { ask, counted } = await start((_call, response) => {
      beginStream(response)
      const text = chunkOf({ content: 'all' }) + done
      response.write(text, () => response.destroy())
    })
    const { isBroken, body } = await ask()
    expect(isBroken).toBe(false)
    expect(body).toBe(chunkOf({ content: 'all' }) + done)
    await expect.poll(() => counted(200)).toBe(1)
  })

  test('counts as failed where an error ends it after the first content', async () => {
    const keyFailover = { failures: 2, retryMs: 60_000 }
    const { ask, counted, keys } = await start(
      (_call, response) => {
        beginStream(response)
        response.write(chunkOf({ content: 'one' }))
        response.write(chunkOf({ content: 'two' }))
        response.end(errorEvent({ type: 'server_error' }))
      },
      { upstream: { keys: keysOf('a', 'b'), keyFailover } },
    )
    for (let time = 1; time <= 2; time++) {
      const { status, body } = await ask()
      expect(status).toBe(200)
      expect(body.endsWith(errorEvent({ type: 'server_error' }))).toBe(true)
      await expect.poll(() => counted(502)).toBe(time)
    }
    expect(keys()).toEqual(['failing', 'unknown'])
  })
})

const apis: Array<[string, StandOptions]> = [
  ['relayed', {}],
  ['converted', { api: { protocol: 'anthropic' } }],
  ['held back', { api: { firstPacketTimeoutMs: 60_000 } }],
]

describe.each(apis)('Before the first content of a stream that is %s', (_name, options) => {
  test('an error is an error for the caller', async () => {
    const { ask, counted } = await start((_call, response) => {
      beginStream(response)
      response.end(errorEvent({ type: 'invalid_request_error', code: 'context_length_exceeded' }))
    }, options)
    const { status, headers, body } = await ask()
    expect(status).toBe(400)
    expect(headers['content-type']).toContain('application/json')
    expect(JSON.parse(body).error.message).toContain('Busy.')
    await expect.poll(() => counted(400)).toBe(1)
  })

  test('a key that wants a rest gets one, while another answers', async () => {
    const { provider, ask, keys } = await start(
      (call, response) => {
        beginStream(response)
        if (keyOf(call) === 'b') response.end(chunkOf({ content: 'Hi.' }) + done)
        else response.end(errorEvent({ type: 'rate_limit_error', code: 'rate_limit_exceeded' }))
      },
      { ...options, upstream: { keys: keysOf('a', 'b') } },
    )
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect(body).toContain('Hi.')
    expect(body).not.toContain('Busy.')
    expect(provider.calls.map(keyOf)).toEqual(['a', 'b'])
    expect(keys()).toEqual(['paused', 'ready'])
  })

  test.each([
    ['nothing', ''],
    ['only comments', ': ping\n\n'],
    ['a page', '<!doctype html><title>Welcome</title>'],
    ['half a JSON', 'data: {"choices":[{"del'],
  ])('%s is no answer', async (name, text) => {
    const { ask, counted } = await start((_call, response) => {
      beginStream(response)
      response.end(text)
    }, options)
    const { status, body, isBroken } = await ask()
    expect(isBroken).toBe(false)
    expect(body).toMatch(name === 'a page' ? /HTML/ : /"error"/)
    // Comments keep connections alive, and so they pass.
    expect(status).toBe(_name === 'relayed' && /comments|half/.test(name) ? 200 : 502)
    await expect.poll(() => counted(502)).toBe(1)
  })
})

test('of an answer that is over nothing stays behind, however slow its caller is', async () => {
  const text = 'x'.repeat(4_000_000)
  let isOver = false
  const { gateway, provider } = await start(
    (_call, response) => {
      beginStream(response)
      response.write(chunkOf({ content: text }) + done)
      response.on('finish', () => {
        isOver = true
      })
      steps.push(() => response.end())
    },
    { api: { protocol: 'anthropic' } },
  )
  provider.server.keepAliveTimeout = 0
  const steps: Array<() => void> = []
  const body = JSON.stringify(messageBody)
  const caller = connect(gateway.port, '127.0.0.1')
  closers.push(async () => void caller.destroy())
  caller.write(`POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
  // Nothing is read before the gateway has all of the answer.
  await expect.poll(() => provider.calls.length).toBe(1)
  await expect.poll(() => gateway.engine.observer.modelMeters.get('chat model')?.byStatus.get(200)).toBe(1)
  steps[0]?.()
  await expect.poll(() => isOver).toBe(true)
  const connections = () =>
    new Promise<number>((resolve) => provider.server.getConnections((_error, count) => resolve(count)))
  // The gateway closes an idle connection; one that is paused for good does not.
  await expect.poll(connections, { timeout: 9_000 }).toBe(0)
}, 15_000)
