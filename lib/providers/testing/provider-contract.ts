import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { FakeService, ProviderFake } from '@/e2e/fakes/providers/provider-fake.ts'
import type { ChatFormat, WireFormat } from '@/lib/protocols/codec.ts'
import { embeddingCodecOf, isEmbeddingFormat, serviceCodecOf } from '@/lib/protocols/codecs.ts'
import { DroppedFields } from '@/lib/protocols/dropped-fields.ts'
import type { JsonObject } from '@/lib/protocols/json.ts'
import type { Credential, Provider } from '@/lib/providers/provider.ts'
import { chatRequest, prompt, toolPrompt, toolRequest, toolResultRequest } from './contract-requests.ts'
import { type ContractService, jsonOf, settingsOf, startContractService } from './contract-service.ts'
import { readStreamedAnswer } from './read-answer.ts'
import { sendCall, sendSigned, testTools } from './send-call.ts'

type Services = () => ContractService

/**
 * What every provider keeps, for each service of its fake: the adapter makes requests that the strict fake takes over
 * a real socket, and the format that the adapter names reads its answers.
 */
export function describeProviderContract(provider: Provider, fake: ProviderFake): void {
  const { manifest } = provider
  for (const service of fake.services) {
    const variant = service.variant === undefined ? '' : ` ${service.variant}`
    describe(`${manifest.id} ${service.protocol}${variant}`, () => {
      let started: ContractService
      beforeAll(async () => {
        started = await startContractService(provider, fake, service)
      })
      afterEach(() => {
        started.server.fault = null
      })
      afterAll(() => started.server.close())

      const { routes } = provider.prepare(settingsOf(service, 'http://127.0.0.1:1'), testTools)
      const formats = routes.map(({ format }) => format)
      for (const format of formats.filter(isChat)) describeChat(format, service.model ?? '', () => started)
      if (formats.some(isEmbeddingFormat)) describeEmbeddings(formats, service, () => started)
      describeModels(provider, service, () => started)

      test('formats', () => {
        const { formats: told } = manifest.protocols.find(({ id }) => id === service.protocol) ?? {
          formats: [],
        }
        expect(told).toEqual(expect.arrayContaining(formats))
        expect(new Set(formats).size).toBe(formats.length)
      })
    })
  }
}

function isChat(format: WireFormat): format is ChatFormat {
  return !isEmbeddingFormat(format)
}

function describeChat(format: ChatFormat, model: string, started: Services): void {
  describe(format, () => {
    test('chat', async () => {
      const answer = await started().chat(format, chatRequest(model))
      expect(answer.text).toContain(prompt)
      expect(answer.stop?.reason ?? 'end').toBe('end')
      expect(started().server.calls.at(-1)?.isAnswered).toBe(true)
    })

    test('stream', async () => {
      const request = chatRequest(model, { stream: true, streamUsage: true })
      const sent = await started().ask(format, request)
      const answer = readStreamedAnswer(serviceCodecOf(format), sent.body)
      expect(answer).toMatchObject({ failure: null, text: expect.stringContaining(prompt) })
      expect(answer.events.filter(({ type }) => type === 'text').length).toBeGreaterThan(1)
      expect(answer.events.at(-1)?.type).toBe('end')
    })

    describeTools(format, model, started)
    describeStrictness(format, model, started)

    test('usage', async () => {
      for (const stream of [false, true]) {
        const { usage } = await started().chat(format, chatRequest(model, { stream, streamUsage: stream }))
        const told = started().server.calls.at(-1)?.usage ?? null
        if (told === null) expect(usage).toBeNull()
        else {
          expect(usage).toMatchObject({ input: told.input, output: told.output })
          expect(usage?.cachedInput ?? 0).toBe(told.cached)
        }
      }
    })

    test('error', async () => {
      const { server, ask, failure, prepared } = started()
      const kinds = { 403: ['permission'], 429: ['rate-limit'], 500: ['upstream', 'overloaded'] } as const
      for (const status of [403, 429, 500] as const) {
        server.fault = { status }
        const read = failure(format, await ask(format, chatRequest(model)))
        expect(kinds[status], `${status} is ${read.kind}`).toContain(read.kind)
        expect(read.message).toContain(`${status}`)
        expect(prepared.explain(read) ?? 'A sentence.').toMatch(/\.$/)
      }
      server.fault = 'error-in-200'
      const broken = await ask(format, chatRequest(model, { stream: true }))
      expect(readStreamedAnswer(serviceCodecOf(format), broken.body).failure?.message).toMatch(/\w/)
      server.fault = 'half-json'
      const half = await ask(format, chatRequest(model, { stream: true }))
      expect(readStreamedAnswer(serviceCodecOf(format), half.body).failure?.kind).toBe('upstream')
    })

    test('auth', async () => {
      const { ask, failure, wrongKey, server, prepared } = started()
      const refused = failure(format, await ask(format, chatRequest(model), wrongKey))
      expect(server.calls.at(-1)?.isAnswered).toBe(false)
      expect(['authentication', 'permission']).toContain(refused.kind)
      expect(prepared.explain(refused)).toMatch(/key|token/i)
      expect(await started().chat(format, chatRequest(model))).toMatchObject({ failure: null })
    })
  })
}

const noCredential: Credential = { authorize: () => ({ headers: [], query: '' }) }

/** What the stand-in must not let pass, or the other tests would prove nothing. */
function describeStrictness(format: ChatFormat, model: string, started: Services): void {
  test('strict', async () => {
    const { prepared, route, key, server } = started()
    const isTaken = async (changes: {
      readonly body?: JsonObject
      readonly pathEnd?: string
      readonly credential?: Credential
    }) => {
      const written = serviceCodecOf(format).writeRequest(chatRequest(model), new DroppedFields())
      const call = { model, stream: false, body: { ...written, ...changes.body } }
      const own = route(format)
      const path: typeof own.path = (asked) => {
        const [before = '', query] = own.path(asked).split('?', 2)
        return `${before}${changes.pathEnd ?? ''}${query === undefined ? '' : `?${query}`}`
      }
      await sendCall({ ...own, path }, changes.credential ?? prepared.credential(key), call)
      return server.calls.at(-1)?.isAnswered
    }
    expect(await isTaken({})).toBe(true)
    expect(await isTaken({ body: { colour: 'blue' } }), 'a field that it does not know').toBe(false)
    expect(await isTaken({ pathEnd: '/more' }), 'another path').toBe(false)
    expect(await isTaken({ credential: noCredential }), 'no key').toBe(false)
  })
}

function describeTools(format: ChatFormat, model: string, started: Services): void {
  test('tools', async () => {
    const dropped = new DroppedFields()
    serviceCodecOf(format).writeRequest(toolRequest(model), dropped)
    // A format without tools says so, rather than answering as if there had been none.
    if (dropped.names.includes('tools')) return
    for (const stream of [false, true]) {
      const answer = await started().chat(format, toolRequest(model, { stream, streamUsage: stream }))
      expect(answer.failure).toBeNull()
      expect(answer.calls.map(({ name }) => name)).toEqual(['get_weather', 'get_time'])
      expect(answer.calls.map((call) => JSON.parse(call.arguments))).toEqual([
        { city: toolPrompt },
        { city: toolPrompt },
      ])
      expect(answer.stop?.reason).toBe('tool-calls')
      const second = await started().chat(format, toolResultRequest(model, answer.calls))
      expect(second.text).toMatch(/\w/)
      expect(second.calls).toEqual([])
    }
  })
}

function describeEmbeddings(formats: readonly WireFormat[], service: FakeService, started: Services): void {
  test.each(formats.filter(isEmbeddingFormat))('embeddings %s', async (format) => {
    const { prepared, route, key, server } = started()
    const codec = embeddingCodecOf(format)
    const model = service.embeddingModel ?? ''
    const inputs = ['blowing in the wind', 'how many seas']
    const request = { model, inputs, dimensions: null, encoding: 'float' as const, user: null }
    const body = codec.writeRequest(request, new DroppedFields())
    const answer = await sendCall(route(format), prepared.credential(key), { model, stream: false, body })
    expect(answer.status, answer.body.toString()).toBe(200)
    const reply = codec.readReply(jsonOf(answer), request)
    expect(reply.vectors).toHaveLength(inputs.length)
    expect(reply.vectors[0]).not.toEqual(reply.vectors[1])
    expect(reply.usage?.input ?? null).toBe(server.calls.at(-1)?.usage?.input ?? null)
  })
}

function describeModels(provider: Provider, service: FakeService, started: Services): void {
  test('models', async () => {
    const { prepared, key, wrongKey } = started()
    const { models } = prepared
    if (models === null) {
      expect(provider.manifest.listsModels && service.variant === undefined).toBe(false)
      return
    }
    expect(provider.manifest.listsModels).toBe(true)
    const unsigned = { method: 'GET', path: models.path, headers: models.headers, body: null }
    const answer = await sendSigned(models.origin, prepared.credential(key), unsigned)
    expect(answer.status, answer.body.toString()).toBe(200)
    expect(models.read(jsonOf(answer))).toContain(service.model)
    const refused = await sendSigned(models.origin, prepared.credential(wrongKey), unsigned)
    expect(refused.status).toBeGreaterThanOrEqual(400)
  })
}
