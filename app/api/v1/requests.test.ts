import { expect, test } from 'vitest'
import { type RecordedRequest, reportNode } from '@/lib/console/testing/add-node.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { pruneRequests } from '@/lib/persistence/request-store.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  made,
  of,
  onModelApis,
  onServices,
  params,
  refusals,
  startWithWorkspaces,
  tokenOf,
} from './testing/ai-gateway.ts'
import * as whatIf from './workspaces/[workspace]/model-apis/[id]/what-if/route.ts'
import * as request from './workspaces/[workspace]/requests/[id]/route.ts'
import * as requests from './workspaces/[workspace]/requests/route.ts'

const keptMax = 65_536
const base64 = (text: string) => Buffer.from(text).toString('base64')

describeOnBothDatabases('records of requests to Model APIs', (open) => {
  closeTestConsoles()

  const start = async () => {
    const { database } = await startWithWorkspaces(await open())
    const one = (await made(onServices.post(aiService({}, 'one')))).id as string
    const two = (await made(onServices.post(aiService({}, 'two')))).id as string
    const routing = { mode: 'single', target: { serviceId: one, model: null } }
    const api = (await made(onModelApis.post({ name: 'chat', gatewayId: 'shared', routing }))).id as string
    // The console does not take moments that it has not seen yet.
    const now = Date.now() - 60_000
    const recorded = (change: Partial<RecordedRequest> = {}): RecordedRequest => ({
      at: now,
      requestId: 'req_1',
      side: 'internet',
      clientAddress: '203.0.113.7',
      modelApiId: api,
      consumer: { id: 'csm_1', name: 'mobile' },
      service: { id: one, name: 'one' },
      route: '/v1/chat/completions',
      method: 'POST',
      path: '/v1/chat/completions',
      status: 200,
      errorSource: null,
      errorCode: null,
      isStream: true,
      modelAsked: 'qwen-max',
      modelSent: 'qwen-max',
      modelAnswered: 'qwen-max-2026',
      routed: { mode: 'single' },
      intent: null,
      promptCharacters: 12,
      attempts: [{ service: 'one', model: null, status: 200, reason: null, durationMs: 10 }],
      bytesIn: 100,
      bytesOut: 2_000,
      firstByteMs: 5,
      firstTokenMs: 6,
      durationMs: 11,
      inputTokens: 5,
      outputTokens: 7,
      cachedTokens: 1,
      reasoningTokens: null,
      finishReason: 'stop',
      dropped: ['seed'],
      request: null,
      response: null,
      ...change,
    })
    const report = (records: readonly RecordedRequest[]) => reportNode(now, { records: [...records] })
    return { database, one, two, api, now, recorded, report }
  }
  const list = async (query: Record<string, string> = {}, where: Record<string, string> = params) => {
    const answer = await call(requests.GET, 'GET', { params: where, query })
    expect(answer.status, answer.text).toBe(200)
    return answer.json
  }
  const get = (id: string, token?: string) =>
    call(request.GET, 'GET', { params: of(id), ...(token !== undefined && { token }) })

  test('are kept, the newest first, and read page by page', async () => {
    const { api, now, recorded, report } = await start()
    await report([2, 3, 1].map((n) => recorded({ at: now - n * 1_000, requestId: `req_${n}` })))
    const first = await list({ limit: '2' })
    expect(first.items.map((item: { requestId: string }) => item.requestId)).toEqual(['req_1', 'req_2'])
    const { items, nextCursor } = await list({ limit: '2', cursor: first.nextCursor })
    expect(nextCursor).toBeNull()
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^rec_/),
        at: new Date(now - 3_000).toISOString(),
        requestId: 'req_3',
        gatewayId: 'gw_shared',
        nodeId: 'node_test',
        isDebug: false,
        side: 'internet',
        clientAddress: '203.0.113.7',
        modelApi: { id: api, name: 'chat' },
        consumer: { id: 'csm_1', name: 'mobile' },
        service: { id: expect.stringMatching(/^svc_/), name: 'one' },
        route: '/v1/chat/completions',
        method: 'POST',
        path: '/v1/chat/completions',
        status: 200,
        errorSource: null,
        errorCode: null,
        isStream: true,
        modelAsked: 'qwen-max',
        modelSent: 'qwen-max',
        modelAnswered: 'qwen-max-2026',
        routed: { mode: 'single' },
        intent: null,
        promptCharacters: 12,
        attempts: [{ service: 'one', model: null, status: 200, reason: null, durationMs: 10 }],
        bytesIn: 100,
        bytesOut: 2_000,
        firstByteMs: 5,
        firstTokenMs: 6,
        durationMs: 11,
        tokens: { input: 5, output: 7, cached: 1, reasoning: null },
        finishReason: 'stop',
        dropped: ['seed'],
      },
    ])
  })

  test('are found by what they were', async () => {
    const { api, recorded, report } = await start()
    await report([
      recorded({ requestId: 'good' }),
      recorded({ requestId: 'limited', status: 429, errorSource: 'client', errorCode: 'rate_limited' }),
      recorded({ requestId: 'broken', status: 502, consumer: { id: 'csm_2', name: 'web' } }),
      recorded({ requestId: 'other', modelAsked: 'gpt-4', consumer: null }),
    ])
    const found = async (query: Record<string, string>) =>
      (await list(query)).items.map((item: { requestId: string }) => item.requestId).sort()
    expect(await found({ modelApiId: 'chat' })).toHaveLength(4)
    expect(await found({ modelApiId: api, status: '5xx' })).toEqual(['broken'])
    expect(await found({ status: '429' })).toEqual(['limited'])
    expect(await found({ model: 'gpt-4' })).toEqual(['other'])
    expect(await found({ consumer: 'web' })).toEqual(['broken'])
    expect(await found({ consumer: 'csm_1' })).toEqual(['good', 'limited'])
    expect(await found({ requestId: 'good' })).toEqual(['good'])
    expect(await found({ modelApiId: 'unknown' })).toEqual([])
    const bad = await call(requests.GET, 'GET', { params, query: { status: 'bad' } })
    expect(bad.status).toBe(422)
    expect(Object.keys(refusals(bad))).toEqual(['status'])
  })

  test('belong to one workspace, and to an API that is there', async () => {
    const { api, recorded, report } = await start()
    await report([recorded(), recorded({ modelApiId: 'mapi_unknown' })])
    const { items } = await list()
    expect(items).toHaveLength(1)
    expect((await list({}, { workspace: 'other' })).items).toEqual([])
    const elsewhere = { workspace: 'other', id: items[0].id }
    expect((await call(request.GET, 'GET', { params: elsewhere })).status).toBe(404)
    const routing = { mode: 'single', target: { serviceId: 'svc_x', model: null } }
    const asked = await call(whatIf.POST, 'POST', {
      params: { workspace: 'other', id: api },
      body: { routing },
    })
    expect(asked.status).toBe(404)
    expect((await onModelApis.remove(api)).status).toBe(204)
    expect((await list()).items).toEqual([])
  })

  test('keep content sealed, and show it to those who may read it', async () => {
    const { database, recorded, report } = await start()
    const long = 'ä'.repeat(keptMax)
    await report([
      recorded({
        requestId: 'both',
        request: { content: base64('{"prompt":"private"}'), bytes: 20 },
        response: { content: Buffer.from([0xff, 0xfe]).toString('base64'), bytes: 2 },
      }),
      recorded({
        requestId: 'long',
        request: {
          content: Buffer.from(`a${long}`).subarray(0, keptMax).toString('base64'),
          bytes: 131_073,
        },
      }),
    ])
    const stored = JSON.stringify(await database.requestContent.findMany())
    expect(stored).not.toContain(base64('private').slice(0, 8))
    const [both] = (await list({ requestId: 'both' })).items
    expect(both).not.toHaveProperty('request')
    expect((await get(both.id)).json).toMatchObject({
      request: {
        state: 'recorded',
        encoding: 'text',
        content: '{"prompt":"private"}',
        bytes: 20,
        isCut: false,
      },
      response: { state: 'recorded', encoding: 'base64', content: '//4=', bytes: 2, isCut: false },
    })
    const [cut] = (await list({ requestId: 'long' })).items
    const { request: sent, response } = (await get(cut.id)).json
    expect(sent).toMatchObject({ encoding: 'text', isCut: true, bytes: 131_073 })
    expect(sent.content).toBe(`a${long}`.slice(0, 32_768))
    expect(response).toEqual({ state: 'not-recorded' })
    const seen = await get(cut.id, await tokenOf('viewer'))
    expect(seen.json).toMatchObject({ request: { state: 'forbidden' }, response: { state: 'not-recorded' } })
    expect((await get(cut.id, await tokenOf('developer'))).json.request.state).toBe('recorded')
  })

  test.each<[string, Partial<RecordedRequest>]>([
    ['a NUL in a model', { modelAsked: 'a\u0000b', modelSent: 'a\u0000b', modelAnswered: 'a\u0000b' }],
    ['half a character', { modelAsked: 'a\ud800b', modelSent: 'a\ud800b', modelAnswered: '\udc00' }],
    [
      'both within what is kept as JSON',
      {
        attempts: [{ service: 'a\u0000', model: '\ud800', status: 200, reason: null, durationMs: 1 }],
        dropped: ['x\u0000', '\udfff'],
      },
    ],
    ['tokens beyond counting', { inputTokens: 1e15, outputTokens: 2 ** 40, cachedTokens: 1e300 }],
    ['halves of tokens', { inputTokens: 1.5, outputTokens: -0.5, reasoningTokens: -3 }],
  ])('are kept with whatever callers and services say: %s', async (_, change) => {
    const { recorded, report } = await start()
    await report([recorded({ requestId: 'plain' }), recorded({ ...change, requestId: 'odd' })])
    expect((await list({ requestId: 'plain' })).items).toHaveLength(1)
    const [odd] = (await list({ requestId: 'odd' })).items
    expect(odd).toMatchObject({ requestId: 'odd', status: 200 })
    expect((await call(requests.GET, 'GET', { params, query: { model: 'a\u0000b' } })).status).toBeLessThan(
      500,
    )
  })

  test('are given up by age and number, content before the rest', async () => {
    const { database, now, recorded, report } = await start()
    const old = 8 * 86_400_000
    const content = { content: base64('x'), bytes: 1 }
    await report([
      recorded({ at: now - old, requestId: 'old' }),
      ...[5, 4, 3, 2, 1].map((n) => recorded({ at: now - n, requestId: `new_${n}`, request: content })),
    ])
    await controlPlane()?.nodes.forgetOld()
    expect((await list()).items).toHaveLength(5)
    await pruneRequests(database, 'rec_', { records: 3, contents: 1 })
    const { items } = await list()
    expect(items.map(({ requestId }: { requestId: string }) => requestId)).toEqual([
      'new_1',
      'new_2',
      'new_3',
    ])
    expect((await get(items[0].id)).json.request.state).toBe('recorded')
    expect((await get(items[1].id)).json.request.state).toBe('expired')
  })

  test('tell what another routing would have done', async () => {
    const { one, two, api, now, recorded, report } = await start()
    const asking = (modelAsked: string, at: number, change: Partial<RecordedRequest> = {}) =>
      recorded({
        requestId: `${modelAsked}-${at}`,
        at: now - at,
        modelAsked,
        modelSent: modelAsked,
        ...change,
      })
    await report([
      ...[1, 2, 3].map((at) => asking('qwen-max', at)),
      asking('gpt-4', 4),
      // It was refused before anything was routed.
      asking('gpt-4', 5, {
        service: null,
        attempts: [],
        routed: null,
        status: 401,
        errorCode: 'unauthorized',
      }),
      // It came to the other one in the end, and is judged by where it went first.
      asking('qwen-plus', 6, {
        service: { id: two, name: 'two' },
        attempts: [
          { service: 'one', model: null, status: 503, reason: 'answered 503', durationMs: 1 },
          { service: 'two', model: null, status: 200, reason: null, durationMs: 1 },
        ],
      }),
    ])
    const ask = (routing: object, token?: string) =>
      call(whatIf.POST, 'POST', {
        params: of(api),
        body: { routing },
        ...(token !== undefined && { token }),
      })
    const rules = [{ pattern: 'qwen-*', target: { serviceId: two, model: 'rewritten' } }]
    const { status, json } = await ask({ mode: 'model-name', rules }, await tokenOf('viewer'))
    expect(status).toBe(200)
    const from = (model: string) => ({ service: { id: one, name: 'one' }, model })
    const to = { service: { id: two, name: 'two' }, model: 'rewritten' }
    expect(json).toMatchObject({
      requests: 5,
      since: new Date(now - 6).toISOString(),
      moved: 5,
      refused: 1,
      unknown: 0,
      isEstimate: false,
      after: [
        { place: to, requests: 4 },
        { place: null, requests: 1 },
      ],
    })
    expect(json.moves).toHaveLength(3)
    expect(json.moves[0]).toMatchObject({ from: from('qwen-max'), to, requests: 3 })
    expect(json.moves[0].examples.map(({ requestId }: { requestId: string }) => requestId)).toEqual([
      'qwen-max-1',
      'qwen-max-2',
      'qwen-max-3',
    ])
    expect(json.moves).toContainEqual(expect.objectContaining({ from: from('gpt-4'), to: null, requests: 1 }))
    expect(json.moves).toContainEqual(expect.objectContaining({ from: from('qwen-plus'), to, requests: 1 }))
    const unknown = await ask({ mode: 'single', target: { serviceId: 'svc_unknown', model: null } })
    expect(unknown.status).toBe(422)
    expect(Object.keys(refusals(unknown))).toEqual(['routing.target.serviceId'])
  })
})
