import { afterEach, describe, expect, test } from 'vitest'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { answerOf, ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeModelApi } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  completion,
  modelSnapshot,
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

const answering: ProviderScript = (_call, response) => sendJson(response, completion('Hi.'))

async function start(script: ProviderScript = answering, options: StandOptions = {}) {
  const provider = await startProvider(script)
  closers.push(provider.close)
  const gateway = await startModelGateway(`${provider.url}/v1`, options)
  closers.push(gateway.close)
  return { provider, gateway, port: gateway.port }
}

const chat = '/v1/chat/completions'

describe('A Model API', () => {
  test('relays a call untouched, with the key of the service and nothing of the caller', async () => {
    const { provider, port } = await start()
    const text = `{ "model":"qwen3-8b", "seed": 12345678901234567890,\n "messages": [{"role":"user","content":"é"}] }`
    const answer = await call(port, `${chat}?x=1`, {
      body: text,
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer callers-own',
        'x-api-key': 'callers-own',
        cookie: 'callers-own',
        'x-request-id': 'req-of-the-caller',
      },
    })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual(completion('Hi.'))
    expect(answer.headers['x-request-id']).toBe('req-of-the-caller')
    const [sent] = provider.calls
    expect(sent).toMatchObject({ method: 'POST', url: '/v1/chat/completions', body: text })
    expect(sent?.headers).toMatchObject({
      authorization: 'Bearer token-abc123',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      host: provider.url.slice('http://'.length),
    })
    expect(JSON.stringify(sent?.headers)).not.toContain('callers-own')
  })

  test('asks for another model where its target says so', async () => {
    const { provider, port } = await start(answering, {
      api: { routing: { mode: 'single', target: { serviceId: 'svc_model', model: 'other' } } },
    })
    expect((await callJson(port, chat, chatBody)).status).toBe(200)
    expect(JSON.parse(provider.calls[0]?.body ?? '')).toEqual({ ...chatBody, model: 'other' })
  })

  test('answers below its base path, by HTTP/2 as well', async () => {
    const { gateway, port } = await start(answering, { api: { basePath: '/team/a' } })
    expect((await callJson(port, `/team/a${chat}`, chatBody)).status).toBe(200)
    expect((await callJson(port, chat, chatBody)).status).toBe(404)
    const session = await openHttp2(gateway.url)
    closers.push(async () => session.destroy())
    const head = { ':method': 'POST', ':path': `/team/a${chat}`, 'content-type': 'application/json' }
    const answer = await ask(session, head, JSON.stringify(chatBody))
    expect(answer.headers[':status']).toBe(200)
    expect(JSON.parse(answer.body)).toEqual(completion('Hi.'))
  })

  test('names its routes where there is none, and the method where it is another', async () => {
    const { port } = await start(answering, { api: { basePath: '/chat' } })
    const missing = await callJson(port, '/chat/v1/embedding', {})
    expect(missing.status).toBe(404)
    expect(JSON.parse(missing.body).error).toMatchObject({
      code: 'route_not_found',
      message:
        'This API has no such route. It answers at POST /chat/v1/chat/completions, POST /chat/v1/completions, POST /chat/v1/embeddings, GET /chat/v1/models.',
    })
    expect((await call(port, `/chat${chat}`, { method: 'GET' })).status).toBe(405)
  })

  test('leaves inference services their own addresses', async () => {
    const { port } = await start()
    const answer = await callJson(port, '/api/predict/none/v1/chat/completions', chatBody)
    expect(JSON.parse(answer.body).error.code).toBe('service_not_found')
  })

  test('takes bodies of 10 MiB and no larger ones', async () => {
    const { provider, port } = await start()
    const large = { ...chatBody, messages: [{ role: 'user', content: 'x'.repeat(9 * 1_048_576) }] }
    expect((await callJson(port, chat, large)).status).toBe(200)
    expect(provider.calls[0]?.body.length).toBeGreaterThan(9 * 1_048_576)
    const tooLarge = await call(port, chat, {
      headers: { 'content-length': String(10 * 1_048_576 + 1) },
    }).catch(() => null)
    expect(tooLarge?.status ?? 413).toBe(413)
    expect(provider.calls.length).toBe(1)
  })

  test('says what is wrong with a body', async () => {
    const { provider, port } = await start()
    const codeOf = async (body: string, headers = {}) => {
      const answer = await call(port, chat, { body, headers })
      return [answer.status, JSON.parse(answer.body).error.code, JSON.parse(answer.body).error.param]
    }
    expect(await codeOf('{"model":')).toEqual([400, 'invalid_request', null])
    expect(await codeOf('[]')).toEqual([400, 'invalid_request', null])
    expect(await codeOf('')).toEqual([400, 'invalid_request', null])
    expect(await codeOf('{"messages":[]}')).toEqual([400, 'invalid_request', 'model'])
    expect(await codeOf('{}', { 'content-encoding': 'gzip' })).toEqual([400, 'invalid_request', null])
    expect(provider.calls.length).toBe(0)
  })

  test('is found anew with each snapshot, and requests under way end on the old one', async () => {
    let release = () => {}
    const { provider, gateway, port } = await start((_call, response) => {
      release = () => sendJson(response, completion('late'))
    })
    const under = callJson(port, chat, chatBody)
    await expect.poll(() => provider.calls.length).toBe(1)
    gateway.apply({
      ...modelSnapshot(`${provider.url}/v1`, { api: { basePath: '/new' } }),
      revision: 2,
    })
    expect((await callJson(port, chat, chatBody)).status).toBe(404)
    release()
    expect((await under).body).toContain('late')
  })

  test('whose service is not there is refused, and the old snapshot goes on', async () => {
    const { provider, gateway, port } = await start()
    const broken = modelSnapshot(`${provider.url}/v1`, {
      snapshot: {
        revision: 2,
        modelApis: [
          makeModelApi({ routing: { mode: 'single', target: { serviceId: 'svc_gone', model: null } } }),
        ],
      },
    })
    expect(() => gateway.apply(broken)).toThrow(
      'Model API chat routes to service svc_gone, which the snapshot lacks.',
    )
    const unknown = modelSnapshot(`${provider.url}/v1`, { upstream: { provider: 'nobody' } })
    expect(() => gateway.apply(unknown)).toThrow('Service model has provider nobody, which this node lacks.')
    expect((await callJson(port, chat, chatBody)).status).toBe(200)
  })
})

describe('A stream', () => {
  test('reaches the caller chunk by chunk, and its usage is counted', async () => {
    const { gateway, port, provider } = await start((_call, response) => {
      beginStream(response)
      response.write(chunkOf({ role: 'assistant', content: 'one' }))
      steps.push(
        () => response.write(chunkOf({ content: 'two' })),
        () =>
          response.end(
            `${chunkOf({}, 'stop')}data: {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":3}}\n\ndata: [DONE]\n\n`,
          ),
      )
    })
    const steps: Array<() => void> = []
    const session = await openHttp2(`http://127.0.0.1:${port}`)
    closers.push(async () => session.destroy())
    const stream = session.request({ ':method': 'POST', ':path': chat })
    const answer = answerOf(stream)
    let seen = ''
    stream.on('data', (chunk: Buffer) => {
      seen += chunk.toString()
    })
    stream.end(JSON.stringify({ ...chatBody, stream: true }))
    await expect.poll(() => seen).toContain('one')
    expect(seen).not.toContain('two')
    steps[0]?.()
    await expect.poll(() => seen).toContain('two')
    steps[1]?.()
    expect((await answer).body).toContain('[DONE]')
    const meter = gateway.engine.observer.modelMeters.get('chat model')
    await expect
      .poll(() => meter?.inputTokens ?? gateway.engine.observer.modelMeters.get('chat model')?.inputTokens)
      .toBe(11)
    expect(gateway.engine.observer.modelMeters.get('chat model')?.outputTokens).toBe(3)
    expect(provider.calls[0]?.headers['accept']).toBe('text/event-stream')
  })

  test('is cancelled at once when the caller leaves', async () => {
    let isCancelled = false
    const { port } = await start((_call, response) => {
      beginStream(response)
      response.write(chunkOf({ content: 'one' }))
      response.on('close', () => {
        isCancelled = true
      })
    })
    const session = await openHttp2(`http://127.0.0.1:${port}`)
    closers.push(async () => session.destroy())
    const stream = session.request({ ':method': 'POST', ':path': chat })
    stream.on('error', () => {})
    stream.end(JSON.stringify({ ...chatBody, stream: true }))
    await new Promise((resolve) => stream.once('data', resolve))
    stream.close(8)
    await expect.poll(() => isCancelled).toBe(true)
  })

  test('that says nothing in time is given up with 504, whatever its head says', async () => {
    let isCancelled = false
    const { port } = await start(
      (_call, response) => {
        beginStream(response)
        response.write(chunkOf({ role: 'assistant', content: '' }))
        response.on('close', () => {
          isCancelled = true
        })
      },
      { api: { firstPacketTimeoutMs: 50 } },
    )
    const answer = await callJson(port, chat, { ...chatBody, stream: true })
    expect(answer.status).toBe(504)
    expect(JSON.parse(answer.body).error.code).toBe('first_packet_timed_out')
    await expect.poll(() => isCancelled).toBe(true)
  })

  test('whose first content comes in time may last', async () => {
    const { port } = await start(
      (_call, response) => {
        beginStream(response)
        response.write(chunkOf({ role: 'assistant', content: '' }))
        response.write(chunkOf({ content: 'now' }))
        setTimeout(() => response.end(`${chunkOf({}, 'stop')}data: [DONE]\n\n`), 2_100)
      },
      { api: { firstPacketTimeoutMs: 2_000 } },
    )
    const answer = await callJson(port, chat, { ...chatBody, stream: true })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('[DONE]')
  })
})
