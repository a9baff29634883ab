import { afterEach, describe, expect, test } from 'vitest'
import { bedrockFake } from '@/e2e/fakes/providers/bedrock.ts'
import { claudeFake } from '@/e2e/fakes/providers/claude.ts'
import { difyFake } from '@/e2e/fakes/providers/dify.ts'
import { geminiFake } from '@/e2e/fakes/providers/gemini.ts'
import { hunyuanFake } from '@/e2e/fakes/providers/hunyuan.ts'
import { modelStudioFake } from '@/e2e/fakes/providers/model-studio.ts'
import { openAiCompatibleFake } from '@/e2e/fakes/providers/openai-compatible.ts'
import type { FakeService, ProviderFake } from '@/e2e/fakes/providers/provider-fake.ts'
import type { ProviderFault } from '@/e2e/fakes/providers/provider-faults.ts'
import { createProviderServer } from '@/e2e/fakes/providers/provider-server.ts'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { startModelGateway } from '@/lib/gateway/testing/model-stand.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

const closers: Array<() => Promise<void>> = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

type Protocol = ModelApiSnapshot['protocol']

/** A Model API of one protocol before the strict stand-in of a provider. */
async function start(fake: ProviderFake, service: FakeService, api: Partial<ModelApiSnapshot> = {}) {
  const provider = await createProviderServer(fake, { keys: [service.key] })
  closers.push(() => provider.close())
  const { protocol, options } = service
  const gateway = await startModelGateway(provider.url + service.basePath, {
    upstream: {
      provider: fake.id,
      protocol,
      options,
      keys: [{ id: 'key_1', value: service.key.replaceAll('{origin}', provider.url) }],
    },
    api,
  })
  closers.push(gateway.close)
  const by = api.protocol ?? 'openai'
  const ask = (changes: object = {}) =>
    callJson(gateway.port, pathOf(by), { ...bodyOf(by, service.model), ...changes })
  return { provider, gateway, ask }
}

const prompt = 'How many roads must a man walk down?'

function pathOf(protocol: Protocol): string {
  return protocol === 'openai' ? '/v1/chat/completions' : '/v1/messages'
}

function bodyOf(protocol: Protocol, model: string | null) {
  const messages = [{ role: 'user', content: prompt }]
  const named = model === null ? {} : { model }
  return protocol === 'openai' ? { ...named, messages } : { ...named, max_tokens: 200, messages }
}

function textOf(protocol: Protocol, body: string): string {
  const value = JSON.parse(body)
  if (protocol === 'openai') return value.choices[0].message.content
  return value.content.map((part: { text?: string }) => part.text ?? '').join('')
}

/** The text of a stream, and whether it ended as its protocol wants it. */
function readEvents(protocol: Protocol, body: string): { text: string; isWhole: boolean; error: unknown } {
  const events = [...body.matchAll(/^data: (.*)$/gm)].map(([, data]) => data ?? '')
  const values = events.filter((data) => data !== '[DONE]').map((data) => JSON.parse(data))
  const error = values.find((value) => value.error !== undefined)?.error
  if (protocol === 'openai') {
    const text = values.map((value) => value.choices?.[0]?.delta?.content ?? '').join('')
    return { text, isWhole: events.at(-1) === '[DONE]', error }
  }
  const text = values.map((value) => value.delta?.text ?? '').join('')
  return { text, isWhole: values.at(-1)?.type === 'message_stop', error }
}

const protocols: readonly Protocol[] = ['openai', 'anthropic']
const services = [
  openAiCompatibleFake,
  claudeFake,
  geminiFake,
  bedrockFake,
  modelStudioFake,
  hunyuanFake,
  difyFake,
].flatMap((fake) =>
  fake.services.map((service) => {
    const name = `${fake.id} ${service.protocol}${service.variant === undefined ? '' : ` ${service.variant}`}`
    return { name, fake, service }
  }),
)

describe.each(protocols)('Callers of %s', (protocol) => {
  test.each(services)('are answered by $name', async ({ fake, service }) => {
    const { ask, provider } = await start(fake, service, { protocol })
    const answer = await ask()
    expect(answer.body).not.toContain('"error"')
    expect(answer.status).toBe(200)
    expect(textOf(protocol, answer.body)).toContain(prompt)
    expect(provider.calls.at(-1)?.isAnswered).toBe(true)
  })

  test.each(services)('are streamed to by $name', async ({ fake, service }) => {
    const { ask, gateway } = await start(fake, service, { protocol })
    const answer = await ask({ stream: true })
    expect(answer.headers['content-type']).toContain('text/event-stream')
    expect(readEvents(protocol, answer.body)).toMatchObject({
      text: expect.stringContaining(prompt),
      isWhole: true,
      error: undefined,
    })
    await expect.poll(() => gateway.engine.observer.modelMeters.get('chat model')?.byStatus.get(200)).toBe(1)
  })

  test.each(services)('hear of errors of $name in their own words', async ({ fake, service }) => {
    const { ask, provider } = await start(fake, service, { protocol })
    provider.fault = { status: 429, retryAfterSeconds: 3 }
    const answer = await ask()
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '3'])
    const told = JSON.parse(answer.body)
    if (protocol === 'openai') expect(typeof told.error.message).toBe('string')
    else expect(told).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } })
    provider.fault = { status: 401 }
    const refused = await ask()
    expect(refused.status).toBe(502)
    if (protocol === 'anthropic') expect(JSON.parse(refused.body).type).toBe('error')
  })
})

const crossed = services.filter(({ name }) => /^(claude native$|gemini native|bedrock native)/.test(name))

describe.each(crossed)('What $name does wrong', ({ fake, service }) => {
  const faulty = async (fault: ProviderFault, changes: object = {}) => {
    const stand = await start(fake, service)
    stand.provider.fault = fault
    return { ...stand, answer: await stand.ask(changes) }
  }

  test.each(['html', 'half-json'] as const)('as %s is a 502', async (fault) => {
    const { answer } = await faulty(fault)
    expect(answer.status).toBe(502)
    expect(JSON.parse(answer.body).error.code).toBe('upstream_bad_answer')
  })

  test.each(['error-in-200', 'cut', 'half-json'] as const)(
    'as %s within a stream is an error event, and the stream ends',
    async (fault) => {
      const { answer, gateway } = await faulty(fault, { stream: true })
      expect(answer).toMatchObject({ status: 200, isBroken: false })
      expect(readEvents('openai', answer.body).error).toMatchObject({ message: expect.any(String) })
      await expect
        .poll(() => gateway.engine.observer.modelMeters.get('chat model')?.byStatus.get(502))
        .toBe(1)
    },
  )

  test('as an endless stream ends with the caller, and waits for a slow one', async () => {
    const { provider, gateway } = await start(fake, service)
    provider.fault = 'endless'
    const { connect } = await import('node:http2')
    const session = connect(gateway.url)
    closers.push(async () => session.destroy())
    const stream = session.request({ ':method': 'POST', ':path': pathOf('openai') })
    stream.on('error', () => {})
    stream.end(JSON.stringify({ ...bodyOf('openai', service.model), stream: true }))
    await new Promise((resolve) => stream.once('data', resolve))
    stream.close(8)
    await expect.poll(() => gateway.engine.observer.openRequests).toBe(0)
  })
})

describe('A conversion', () => {
  const claude = services.find(({ name }) => name === 'claude native')

  test('names what it could not carry, and nothing else', async () => {
    if (claude === undefined) throw new Error('There is no Claude.')
    const { ask } = await start(claude.fake, claude.service)
    const answer = await ask({ logit_bias: { '1': 5 }, seed: 7 })
    expect(answer.status).toBe(200)
    const dropped = String(answer.headers['x-switchyard-dropped']).split(', ')
    expect(dropped).toEqual(expect.arrayContaining(['logit_bias', 'seed']))
    expect((await ask()).headers['x-switchyard-dropped']).toBeUndefined()
    const streamed = await ask({ seed: 7, stream: true })
    expect(streamed.headers['x-switchyard-dropped']).toContain('seed')
  })

  test('refuses what the protocol of the caller does not allow, by the name of the field', async () => {
    if (claude === undefined) throw new Error('There is no Claude.')
    const { ask, provider } = await start(claude.fake, claude.service)
    const answer = await ask({ messages: 'hello' })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body).error).toMatchObject({ code: 'invalid_request', param: 'messages' })
    expect(provider.calls.length).toBe(0)
  })

  test('says where there is nothing to convert to', async () => {
    if (claude === undefined) throw new Error('There is no Claude.')
    const { gateway } = await start(claude.fake, claude.service)
    const answer = await callJson(gateway.port, '/v1/embeddings', { model: 'x', input: 'y' })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body).error.code).toBe('operation_not_supported')
  })

  test('tells errors of the gateway in the protocol of the caller', async () => {
    if (claude === undefined) throw new Error('There is no Claude.')
    const { gateway } = await start(claude.fake, claude.service, { protocol: 'anthropic', basePath: '/a' })
    const answer = await call(gateway.port, '/a/v1/chat/completions', { body: '{}' })
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body)).toEqual({
      type: 'error',
      error: {
        type: 'not_found_error',
        message: 'This API has no such route. It answers at POST /a/v1/messages, GET /a/v1/models.',
      },
      request_id: answer.headers['x-request-id'],
    })
  })
})
