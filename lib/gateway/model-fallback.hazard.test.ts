import { afterEach, describe, expect, test } from 'vitest'
import { callJson } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import {
  beginStream,
  chatBody,
  chunkOf,
  completion,
  type ProviderScript,
  sendJson,
  startProvider,
} from '@/lib/gateway/testing/model-stand.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

const closers: Array<() => Promise<void>> = []
const chat = '/v1/chat/completions'

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const answering: ProviderScript = (call, response) =>
  sendJson(response, completion(`Answered ${JSON.parse(call.body).model}`))
const failing =
  (status: number): ProviderScript =>
  (_call, response) =>
    sendJson(response, { error: { message: `Failed with ${status}.`, type: 'x', code: null } }, status)

const names = 'abcdef'

/** The first script is of the chosen service, the others of its fallbacks. */
async function start(scripts: ReadonlyArray<ProviderScript | 'gone'>, api: Partial<ModelApiSnapshot> = {}) {
  const providers = await Promise.all(
    scripts.map(async (script) => {
      const provider = await startProvider(script === 'gone' ? answering : script)
      if (script === 'gone') await provider.close()
      else closers.push(provider.close)
      return provider
    }),
  )
  const [, ...fallbacks] = providers.map((_, index) => ({ serviceId: `svc_${names[index]}`, model: null }))
  const gateway = await startGateway(
    makeSnapshot({
      upstreamServices: providers.map(({ url }, index) => {
        const name = names[index] ?? ''
        return makeProviderService(`${url}/v1`, {}, { id: `svc_${name}`, name })
      }),
      modelApis: [
        makeModelApi({
          routing: { mode: 'single', target: { serviceId: 'svc_a', model: null } },
          fallback: { upstreamErrorsOnly: false, targets: fallbacks },
          ...api,
        }),
      ],
    }),
  )
  closers.push(gateway.close)
  const ask = (body: object = {}) => callJson(gateway.port, chat, { ...chatBody, ...body })
  return { providers, gateway, ask }
}

describe('Fallback', () => {
  test.each([400, 401, 403, 404, 408, 413, 422, 429, 500, 502, 503])(
    'follows an upstream that answers %i',
    async (status) => {
      const { ask, providers } = await start([failing(status), answering])
      const answer = await ask()
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.body).choices[0].message.content).toBe('Answered qwen3-8b')
      expect(providers.map(({ calls }) => calls.length)).toEqual([1, 1])
    },
  )

  test('goes down the list in order, with what the caller sent, each with its own model', async () => {
    const targets = [
      { serviceId: 'svc_b', model: 'second' },
      { serviceId: 'svc_c', model: null },
      { serviceId: 'svc_a', model: 'fourth' },
    ]
    const { ask, providers } = await start([failing(500), failing(429), failing(404)], {
      routing: { mode: 'single', target: { serviceId: 'svc_a', model: 'first' } },
      fallback: { upstreamErrorsOnly: false, targets },
    })
    const answer = await ask({ temperature: 0.5 })
    const asked = providers.map(({ calls }) => calls.map(({ body }) => JSON.parse(body)))
    expect(asked.map((bodies) => bodies.map(({ model }) => model))).toEqual([
      ['first', 'fourth'],
      ['second'],
      ['qwen3-8b'],
    ])
    for (const body of asked.flat())
      expect(body).toEqual({ ...chatBody, model: body.model, temperature: 0.5 })
    // The last word is told, in its own status.
    expect(answer.status).toBe(500)
    expect(answer.body).toContain('Failed with 500.')
  })

  test('follows a service that nobody serves, one that answers HTML, and an error in a stream of 200', async () => {
    const html: ProviderScript = (_call, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')
    }
    const broken: ProviderScript = (_call, response) => {
      beginStream(response)
      response.end('data: {"error":{"message":"Busy.","type":"server_error","code":503}}\n\n')
    }
    const streaming: ProviderScript = (_call, response) => {
      beginStream(response)
      response.end(`${chunkOf({ content: 'Hi.' })}${chunkOf({}, 'stop')}data: [DONE]\n\n`)
    }
    const { ask, providers } = await start(['gone', html, broken, streaming])
    const answer = await ask({ stream: true })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('Hi.')
    expect(answer.body).not.toContain('Busy.')
    expect(providers.map(({ calls }) => calls.length)).toEqual([0, 1, 1, 1])
  })

  test('of upstream errors alone leaves out what no service has said', async () => {
    const fallback = { upstreamErrorsOnly: true, targets: [{ serviceId: 'svc_b', model: null }] }
    const unreachable = await start(['gone', answering], { fallback })
    expect((await unreachable.ask()).status).toBe(503)
    const said = await start([failing(503), answering], { fallback })
    expect((await said.ask()).status).toBe(200)
  })

  test('does not follow what the caller did wrong', async () => {
    const { providers, gateway } = await start([answering, answering])
    expect((await callJson(gateway.port, chat, 'none' as unknown as object)).status).toBe(400)
    expect((await callJson(gateway.port, '/v1/nothing', chatBody)).status).toBe(404)
    expect(providers.map(({ calls }) => calls.length)).toEqual([0, 0])
  })

  test('never follows once the caller has got a byte', async () => {
    const cut: ProviderScript = (_call, response) => {
      beginStream(response)
      response.write(chunkOf({ content: 'Half' }), () => response.destroy())
    }
    const { ask, providers } = await start([cut, answering])
    const answer = await ask({ stream: true })
    expect(answer.body).toContain('Half')
    expect(answer.body).toContain('"error"')
    expect(providers.map(({ calls }) => calls.length)).toEqual([1, 0])
  })

  test('ends when the caller has left', async () => {
    let isCancelled = false
    const waiting: ProviderScript = (_call, response) => {
      response.on('close', () => {
        isCancelled = true
      })
    }
    const { gateway, providers } = await start([waiting, answering])
    const leaving = new AbortController()
    const call = fetch(`${gateway.url}${chat}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(chatBody),
      signal: leaving.signal,
    }).catch(() => null)
    await expect.poll(() => providers[0]?.calls.length).toBe(1)
    leaving.abort()
    await call
    await expect.poll(() => isCancelled).toBe(true)
    expect((await callJson(gateway.port, '/v1/nothing', chatBody)).status).toBe(404)
    expect(providers[1]?.calls.length).toBe(0)
  })
})

describe('A first packet that is late', () => {
  const silent: ProviderScript = (_call, response) => beginStream(response)

  test('makes the next service answer', async () => {
    const { ask } = await start([silent, answering], { firstPacketTimeoutMs: 100 })
    const answer = await ask({ stream: true })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('Answered')
  })

  test('is a 504 without a next one, and is none of a whole answer', async () => {
    const { ask } = await start([silent], { firstPacketTimeoutMs: 100 })
    const answer = await ask({ stream: true })
    expect(answer.status).toBe(504)
    expect(JSON.parse(answer.body).error.code).toBe('first_packet_timed_out')
  })
})
