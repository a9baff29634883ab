import { expect, test } from 'vitest'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { type DebugEvent, type DebugForm, debugBodyMax, debugEvent } from '@/lib/domain/debug.ts'
import { chatBody, completion, sendJson, startProvider } from '@/lib/gateway/testing/model-stand.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  compatible,
  fixedService,
  made,
  of,
  onModelApis,
  onServices,
  params,
  refusals,
  startWithWorkspaces,
  tokenOf,
} from './testing/ai-gateway.ts'
import { makeGateway } from './testing/dedicated-gateway.ts'
import * as consumers from './workspaces/[workspace]/consumers/route.ts'
import * as domains from './workspaces/[workspace]/domains/route.ts'
import * as debug from './workspaces/[workspace]/model-apis/[id]/debug/route.ts'
import * as whatIf from './workspaces/[workspace]/model-apis/[id]/what-if/route.ts'
import * as request from './workspaces/[workspace]/requests/[id]/route.ts'
import * as requests from './workspaces/[workspace]/requests/route.ts'

const path = '/v1/chat/completions'
const json = (value: unknown = chatBody): DebugForm['body'] => ({ type: 'json', text: JSON.stringify(value) })
const single = (serviceId: string) => ({ mode: 'single', target: { serviceId, model: null } })

function eventsIn(text: string): DebugEvent[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => debugEvent.parse(JSON.parse(line)))
}
const endOf = (events: readonly DebugEvent[]) => events.find(({ type }) => type === 'end')
const sentOf = (events: readonly DebugEvent[]) => {
  const sent = events.find(({ type }) => type === 'sent')
  return sent?.type === 'sent' ? sent.request : null
}

describeOnBothDatabases('Debug calls', (open) => {
  closeTestConsoles()
  const ask = (id: string, body: object, options: object = {}) =>
    call(debug.POST, 'POST', { params: of(id), body, ...options })
  const debugged = async (id: string, body: object = {}) => {
    const answer = await ask(id, { path, body: json(), ...body })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson')
    return eventsIn(answer.text)
  }

  /** One API under `/team`, and the provider behind it. */
  const start = async (
    api: object = {},
    gatewayId = 'shared',
    answer: Parameters<typeof startProvider>[0] = (_call, response) => sendJson(response, completion('hi')),
  ) => {
    const server = await startProvider(answer)
    const ai = compatible({ baseUrl: `${server.url}/v1` })
    const service = await made(
      onServices.post({ ...aiService({}, `model-${gatewayId.slice(-6).toLowerCase()}`), gatewayId, ai }),
    )
    const body = {
      name: 'chat',
      gatewayId,
      basePath: '/team',
      removeBasePath: true,
      routing: single(service.id),
    }
    const { id } = await made(onModelApis.post({ ...body, ...api }))
    return { id: id as string, server, service }
  }

  test('call what was just saved, on the shared gateway and on a dedicated one that runs nowhere', async () => {
    await startWithWorkspaces(await open())
    const { id: gatewayId } = await makeGateway({ type: 'alb', name: 'own' })
    for (const gateway of ['shared', gatewayId]) {
      const { id, server, service } = await start({ name: `on-${gateway.slice(-6)}` }, gateway)
      const events = await debugged(id)
      expect(endOf(events), JSON.stringify(events)).toMatchObject({
        status: 200,
        usage: { input: 5, output: 7 },
      })
      expect(sentOf(events)?.url).toMatch(/^http:\/\/[^/]+\/team\/v1\/chat\/completions$/)
      expect(server.calls.map(({ url }) => url)).toEqual([path])
      const target = { serviceId: service.id, model: 'rewritten' }
      expect((await onModelApis.patch(id, { version: 1, routing: { mode: 'single', target } })).status).toBe(
        200,
      )
      await debugged(id)
      expect(JSON.parse(server.calls[1]?.body ?? '')).toMatchObject({ model: 'rewritten' })
      expect((await onServices.remove(service.id)).status).toBe(409)
      await server.close()
    }
  })

  test('are for those who may change the API, in its workspace', async () => {
    await startWithWorkspaces(await open())
    const { id, server } = await start()
    const body = { path, body: json() }
    expect((await ask(id, body, { token: await tokenOf('developer') })).status).toBe(200)
    expect((await ask(id, body, { token: await tokenOf('viewer') })).status).toBe(403)
    expect((await ask(id, body, { params: { ...params, workspace: 'other', id } })).status).toBe(404)
    expect((await ask(id, body, { token: await tokenOf('developer', 'other') })).status).toBe(404)
    expect((await ask('mapi_none', body)).status).toBe(404)
    expect(server.calls).toHaveLength(1)
    await server.close()
  })

  test('come by the name that is chosen', async () => {
    await startWithWorkspaces(await open())
    const gatewayId = 'shared'
    const domain = async (name: string) => {
      const input = { gatewayId, name, protocol: 'http' }
      return await made(call(domains.POST, 'POST', { params, body: input }))
    }
    const [mine, unused, wild] = [
      await domain('api.example.com'),
      await domain('unused.example.com'),
      await domain('*.models.example.com'),
    ]
    const server = await startProvider((_call, response) => sendJson(response, completion('hi')))
    const service = await made(onServices.post(fixedService([{ address: new URL(server.url).host }])))
    const api = await made(
      onModelApis.post({
        ...{ name: 'named', gatewayId, domainIds: [mine.id, wild.id], basePath: '/team' },
        routing: single(service.id),
      }),
    )
    expect(refusals(await ask(api.id, { path, body: json() }))).toEqual({ domainId: 'domain_needed' })
    const unknown = await ask(api.id, { path, body: json(), domainId: unused.id })
    expect(refusals(unknown)).toEqual({ domainId: 'domain_unknown' })
    const events = await debugged(api.id, { domainId: mine.id })
    expect(endOf(events), JSON.stringify(events)).toMatchObject({ status: 200 })
    expect(server.calls[0]?.headers['x-forwarded-host']).toMatch(/^api\.example\.com(?::\d+)?$/)
    expect(sentOf(events)?.headers[0]?.[0]).toBe('host')
    await debugged(api.id, { domainId: wild.id })
    expect(server.calls[1]?.headers['x-forwarded-host']).toMatch(/^debug\.models\.example\.com(?::\d+)?$/)
    await server.close()
  })

  test('come in the name of a consumer whose grant counts, and show a place for its key', async () => {
    await startWithWorkspaces(await open())
    const { id, server } = await start({ plugins: { authorization: { enabled: true } } })
    const consumer = async (name: string, modelApiIds: string[], location: object) =>
      await made(
        call(consumers.POST, 'POST', {
          params,
          body: { name, modelApiIds, credentials: [{ type: 'api-key', location }] },
        }),
      )
    const granted = await consumer('granted', [id], { in: 'header', name: 'x-team' })
    const known = await consumer('known', [], { in: 'query', name: 'team' })
    const nobody = await debugged(id)
    expect(endOf(nobody)).toMatchObject({ status: 200 })
    expect(sentOf(nobody)?.headers).toContainEqual(['authorization', 'Bearer $API_KEY'])
    const named = await debugged(id, { consumerId: granted.id })
    expect(endOf(named), JSON.stringify(named)).toMatchObject({ status: 200 })
    expect(sentOf(named)?.headers).toContainEqual(['x-team', '$API_KEY'])
    const refused = await debugged(id, { consumerId: known.id })
    expect(endOf(refused)).toMatchObject({
      status: 403,
      errorCode: 'consumer_not_granted',
      errorSource: 'client',
    })
    expect(sentOf(refused)?.url).toMatch(/\?team=\$API_KEY$/)
    expect(refusals(await ask(id, { path, body: json(), consumerId: 'con_none' }))).toEqual({
      consumerId: 'consumer_unknown',
    })
    expect(server.calls.some(({ headers }) => 'x-team' in headers)).toBe(false)
    expect(JSON.stringify([nobody, named, refused])).not.toContain('sk-abcdefghijklmnop')
    await server.close()
  })

  test('leave records, which are told apart from traffic and count in no what-if', async () => {
    await startWithWorkspaces(await open())
    const monitoring = { enabled: true, recordRequest: true, recordResponse: false }
    const { id, server, service } = await start({ monitoring })
    const events = await debugged(id)
    const [sent] = events
    const requestId = sent?.type === 'sent' ? sent.requestId : ''
    // Whoever has read the answer to its end finds the record.
    const listed = await call(requests.GET, 'GET', { params, query: { modelApiId: id } })
    expect(listed.json.items).toMatchObject([
      { requestId, isDebug: true, nodeId: 'console', status: 200, service: { id: service.id } },
    ])
    const found = await call(request.GET, 'GET', { params: of(requestId) })
    expect(found.json).toMatchObject({
      id: listed.json.items[0].id,
      request: { state: 'recorded', content: JSON.stringify(chatBody) },
      response: { state: 'not-recorded' },
    })
    const elsewhere = { params: { workspace: 'other', id: requestId } }
    expect((await call(request.GET, 'GET', elsewhere)).status).toBe(404)
    const replayed = await call(whatIf.POST, 'POST', {
      params: of(id),
      body: { routing: single(service.id) },
    })
    expect(replayed.json).toMatchObject({ requests: 0 })
    const off = { version: 1, monitoring: { ...monitoring, enabled: false } }
    expect((await onModelApis.patch(id, off)).status).toBe(200)
    await debugged(id)
    const after = await call(requests.GET, 'GET', { params, query: { modelApiId: id } })
    expect(after.json.items).toHaveLength(1)
    await server.close()
  })

  test('carry forms with files, and bodies of up to 10 MiB', async () => {
    await startWithWorkspaces(await open())
    const { id, server } = await start({ name: 'images', useCase: 'image', protocol: 'openai' })
    const content = Buffer.from([0, 255, 13, 10, 34]).toString('base64')
    const parts = [
      { type: 'text', name: 'prompt', value: 'a "cat"' },
      { type: 'file', name: 'image', fileName: 'a".png', contentType: 'image/png', content },
    ]
    await debugged(id, { path: '/v1/images/edits', body: { type: 'form', parts } })
    const [edit] = server.calls
    expect(edit?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(edit?.body).toContain('name="prompt"\r\n\r\na "cat"\r\n')
    expect(edit?.body).toContain('filename="a%22.png"\r\nContent-Type: image/png')
    const broken = parts.map((part) => ({ ...part, ...(part.type === 'file' && { content: 'a' }) }))
    const refused = await ask(id, { path: '/v1/images/edits', body: { type: 'form', parts: broken } })
    expect(refusals(refused)).toEqual({ 'body.parts.1.content': 'not_base64' })
    const prompt = 'x'.repeat(debugBodyMax - 100)
    const large = await debugged(id, { path: '/v1/images/generations', body: json({ model: 'm', prompt }) })
    expect(endOf(large)).toMatchObject({ status: 200 })
    expect(sentOf(large)?.body).toMatchObject({ isCut: true, bytes: expect.any(Number) })
    expect(server.calls[1]?.body).toContain(prompt)
    const tooLarge = await ask(id, {
      path: '/v1/images/generations',
      body: json({ prompt: `${prompt}${prompt.slice(0, 200)}` }),
    })
    expect(refusals(tooLarge)).toEqual({ body: 'body_too_large' })
    await server.close()
  })

  test('refuse what cannot be called', async () => {
    await startWithWorkspaces(await open())
    const { id, server, service } = await start()
    expect(refusals(await ask(id, { path: '/a b', body: json() }))).toEqual({ path: 'path_not_sendable' })
    expect(refusals(await ask(id, { path: 'v1', body: json() }))).toEqual({ path: 'invalid_format' })
    expect(refusals(await ask(id, { path, method: 'GET', body: json() }))).toEqual({ body: 'body_not_taken' })
    const comfy = await made(
      onModelApis.post({
        ...{ name: 'comfy', gatewayId: 'shared', basePath: '/comfy', useCase: 'image', protocol: 'comfyui' },
        routing: single((await made(onServices.post(fixedService([{ address: '127.0.0.1:9' }])))).id),
      }),
    )
    const socket = await ask(comfy.id, { path: '/ws?clientId=1', method: 'GET' })
    expect(refusals(socket)).toEqual({ path: 'websocket_not_debugged' })
    const elsewhere = await debugged(id, { path: '/v1/nothing' })
    expect(endOf(elsewhere)).toMatchObject({ status: 404, errorCode: 'route_not_found' })
    const notJson = await debugged(id, { body: { type: 'json', text: '{"model":' } })
    expect(endOf(notJson)).toMatchObject({ status: 400, errorCode: 'invalid_request' })
    expect(server.calls).toHaveLength(0)
    expect(service.id).toMatch(/^svc_/)
    await server.close()
  })
})
