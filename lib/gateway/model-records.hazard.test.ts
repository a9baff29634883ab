import { afterEach, describe, expect, test } from 'vitest'
import { composeReport, type ReportSubject } from '@/lib/gateway/report-sender/compose-report.ts'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { ask, openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
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
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import { nodeReport } from '@/lib/snapshot/node-report.ts'
import type { RecordedRequest } from '@/lib/snapshot/recorded-request.ts'

const closers: Array<() => Promise<void>> = []
const chat = '/v1/chat/completions'

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const answering: ProviderScript = (call, response) =>
  sendJson(response, completion('Hello.', JSON.parse(call.body).model))
const failing: ProviderScript = (_call, response) =>
  sendJson(response, { error: { message: 'Overloaded.', type: 'x', code: null } }, 503)
const factsOnly = { recordRequest: false, recordResponse: false }

/** The first script is of the chosen service, the second of its fallback. */
async function start(scripts: readonly ProviderScript[], api: Partial<ModelApiSnapshot> = {}) {
  const providers = await Promise.all(scripts.map((script) => startProvider(script)))
  closers.push(...providers.map(({ close }) => close))
  const ids = ['svc_a', 'svc_b'].slice(0, scripts.length)
  const [, ...fallbacks] = ids.map((serviceId) => ({ serviceId, model: 'other' }))
  const gateway = await startGateway(
    makeSnapshot({
      upstreamServices: providers.map(({ url }, index) =>
        makeProviderService(`${url}/v1`, {}, { id: ids[index] ?? '', name: `service-${index}` }),
      ),
      modelApis: [
        makeModelApi({
          monitoring: factsOnly,
          routing: { mode: 'single', target: { serviceId: 'svc_a', model: null } },
          fallback: fallbacks.length === 0 ? null : { upstreamErrorsOnly: false, targets: fallbacks },
          ...api,
        }),
      ],
    }),
  )
  closers.push(gateway.close)
  const { records } = gateway.engine.observer
  const told = async (count = 1): Promise<RecordedRequest[]> => {
    await until(() => (records?.size ?? 0) >= count, `${count} records`)
    const subject = {
      identity: { nodeId: 'node_1', gatewayId: 'shared', host: 'h', pid: 1, version: '1', startedAt: 1 },
      inbox: { revision: 1, appliedAt: 1, refused: null },
      observer: gateway.engine.observer,
      doors: { listeners: [], connections: 0 },
    } as unknown as ReportSubject
    const taken = records?.take({ records: 100, bytes: 10_000_000 }) ?? []
    const nothing = { instances: null, upstreamServices: null, healthEvents: [], rollups: [] }
    const report = composeReport(subject, 'running', { ...nothing, requestsDropped: 0, records: taken })
    // As the console reads it.
    return nodeReport.parse(JSON.parse(JSON.stringify(report))).records
  }
  return { gateway, records, told, port: gateway.port }
}

describe('A record of a request to a Model API tells', () => {
  test('who asked what, where it went and why, and what it cost', async () => {
    const { told, port } = await start([answering])
    const answer = await callJson(port, `${chat}?key=secret`, chatBody, { 'x-request-id': 'req-of-caller' })
    expect(answer.status).toBe(200)
    const [record] = await told()
    expect(record).toMatchObject({
      requestId: 'req-of-caller',
      side: 'internet',
      clientAddress: '127.0.0.1',
      modelApiId: 'mapi_chat',
      consumer: null,
      service: { id: 'svc_a', name: 'service-0' },
      route: chat,
      method: 'POST',
      path: chat,
      status: 200,
      errorSource: null,
      errorCode: null,
      isStream: false,
      modelAsked: 'qwen3-8b',
      modelSent: 'qwen3-8b',
      modelAnswered: 'qwen3-8b',
      routed: { mode: 'single' },
      promptCharacters: 5,
      attempts: [{ service: 'service-0', model: null, status: 200, reason: null }],
      inputTokens: 5,
      outputTokens: 7,
      finishReason: 'stop',
      request: null,
      response: null,
    })
    expect(record?.bytesOut).toBe(answer.body.length)
    expect(record?.durationMs).toBeGreaterThanOrEqual(record?.firstByteMs ?? 0)
    expect(JSON.stringify(record)).not.toMatch(/secret|hello/)
  })

  test('what HTTP/2 takes for a method, cut to what the console takes', async () => {
    const { told, port } = await start([answering])
    const session = await openHttp2(`http://127.0.0.1:${port}`)
    closers.push(async () => session.destroy())
    await ask(session, { ':method': 'M'.repeat(100), ':path': chat, ':authority': 'localhost' })
    const [record] = await told()
    expect(record).toMatchObject({ method: 'M'.repeat(32), status: 405 })
  })

  test('the first token and the end of a stream', async () => {
    const { told, port } = await start([
      (_call, response) => {
        beginStream(response)
        response.write(chunkOf({ content: 'Hi' }))
        response.write(chunkOf({}, 'length'))
        response.end(
          'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\ndata: [DONE]\n\n',
        )
      },
    ])
    await callJson(port, chat, { ...chatBody, stream: true })
    const [record] = await told()
    expect(record).toMatchObject({
      isStream: true,
      status: 200,
      finishReason: 'length',
      inputTokens: 3,
      outputTokens: 4,
    })
    expect(record?.firstTokenMs).toBeGreaterThan(0)
  })

  test('each service that was asked', async () => {
    const { told, port } = await start([failing, answering])
    expect((await callJson(port, chat, chatBody)).status).toBe(200)
    const [record] = await told()
    expect(record).toMatchObject({
      status: 200,
      errorSource: null,
      service: { id: 'svc_b' },
      modelSent: 'other',
      attempts: [
        { service: 'service-0', model: null, status: 503, reason: 'answered 503' },
        { service: 'service-1', model: 'other', status: 200, reason: null },
      ],
    })
  })

  test.each([
    ['no JSON', '{', { status: 400, errorSource: 'client', errorCode: 'invalid_request', service: null }],
    [
      'a service that fails',
      JSON.stringify(chatBody),
      { status: 503, errorSource: 'upstream', service: { id: 'svc_a' } },
    ],
  ])('why it failed: %s', async (_name, body, expected) => {
    const { told, port } = await start([failing])
    await call(port, chat, { headers: { 'content-type': 'application/json' }, body })
    const [record] = await told()
    expect(record).toMatchObject(expected)
  })

  test('a path that the API does not have', async () => {
    const { told, port } = await start([answering])
    expect((await callJson(port, '/v1/unknown', chatBody)).status).toBe(404)
    expect(await told()).toMatchObject([{ route: null, errorCode: 'route_not_found', attempts: [] }])
  })

  test('what a request asks for, as its routing saw it', async () => {
    const routing: ModelApiSnapshot['routing'] = {
      mode: 'intent',
      classifier: { type: 'local' },
      labels: [],
      intents: { translation: { serviceId: 'svc_a', model: 'translator' } },
      default: { serviceId: 'svc_a', model: null },
    }
    const { told, port } = await start([answering], { routing })
    const content = 'Translate this sentence into French: good morning, my friend.'
    await callJson(port, chat, { ...chatBody, messages: [{ role: 'user', content }] })
    const [record] = await told()
    expect(record).toMatchObject({ intent: 'translation', modelSent: 'translator', promptCharacters: 61 })
    expect(record?.routed).toMatchObject({ mode: 'intent', intent: 'translation', isDefault: false })
  })
})

describe('Content is recorded', () => {
  const contentOf = (body: RecordedRequest['request'] | undefined) =>
    Buffer.from(body?.content ?? '', 'base64').toString()

  test('as the caller sent and got it, where both are ticked', async () => {
    const { told, port } = await start([answering], {
      monitoring: { recordRequest: true, recordResponse: true },
    })
    const answer = await callJson(port, chat, chatBody)
    const [record] = await told()
    expect(contentOf(record?.request)).toBe(JSON.stringify(chatBody))
    expect(contentOf(record?.response)).toBe(answer.body)
    expect(record?.response?.bytes).toBe(answer.body.length)
  })

  test('of answers of the gateway itself too, and of what is ticked alone', async () => {
    const { told, port } = await start([answering], {
      monitoring: { recordRequest: false, recordResponse: true },
    })
    const answer = await callJson(port, chat, [])
    expect(answer.status).toBe(400)
    const [record] = await told()
    expect(record?.request).toBeNull()
    expect(contentOf(record?.response)).toBe(answer.body)
  })

  test('up to 64 KiB', async () => {
    const { told, port } = await start([answering], {
      monitoring: { recordRequest: true, recordResponse: false },
    })
    const body = { ...chatBody, messages: [{ role: 'user', content: 'x'.repeat(200_000) }] }
    expect((await callJson(port, chat, body)).status).toBe(200)
    const [record] = await told()
    expect(record?.request?.bytes).toBe(JSON.stringify(body).length)
    expect(contentOf(record?.request)).toHaveLength(65_536)
  })
})

test('An API that is not monitored leaves no record', async () => {
  const { records, port } = await start([answering], { monitoring: null })
  expect((await callJson(port, chat, chatBody)).status).toBe(200)
  expect(records?.size).toBe(0)
})
