import type { IncomingMessage, ServerResponse } from 'node:http'
import OpenAI, { toFile } from 'openai'
import { afterEach, describe, expect, test } from 'vitest'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { sendJson } from '@/lib/gateway/testing/model-stand.ts'
import {
  addressService,
  byWeight,
  echo,
  openAiService,
  RelayStand,
} from '@/lib/gateway/testing/relay-stand.ts'
import type { TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'

const relays = new RelayStand()
afterEach(() => relays.close())

const modelStudioService = (url: string, id = 'svc_a', protocol: 'openai' | 'native' = 'native') => {
  const baseUrl = protocol === 'native' ? url : `${url}/compatible-mode/v1`
  return makeProviderService(baseUrl, { provider: 'model-studio', protocol }, { id, name: id })
}

const clientOf = ({ port }: TestGateway) =>
  new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'callers-own', maxRetries: 0 })

describe('called by the OpenAI client', () => {
  const image = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 13, 10, 45, 45, 255])
  const png = () => toFile(image, 'in.png', { type: 'image/png' })
  const images = (_request: IncomingMessage, _body: Buffer, response: ServerResponse) =>
    sendJson(response, { created: 1, data: [{ b64_json: image.toString('base64') }] })

  test('images are made, edited and varied, by the model that the API asks for', async () => {
    const server = await relays.startServer(images)
    const routing: ModelApiSnapshot['routing'] = {
      mode: 'single',
      target: { serviceId: 'svc_a', model: 'painter' },
    }
    const client = clientOf(await relays.publish({ useCase: 'image', routing }, openAiService(server.url)))
    const made = await client.images.generate({ model: 'gpt-image-1', prompt: 'a cat' })
    expect(made.data?.[0]?.b64_json).toBe(image.toString('base64'))
    await client.images.edit({ image: await png(), prompt: 'a hat', model: 'gpt-image-1' })
    await client.images.createVariation({ image: await png() })
    const [generated, edited, varied] = server.calls
    expect(server.calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1/images/generations',
      'POST /v1/images/edits',
      'POST /v1/images/variations',
    ])
    expect(JSON.parse(String(generated?.body))).toEqual({ model: 'painter', prompt: 'a cat' })
    for (const form of [edited, varied]) {
      expect(form?.body.includes(image)).toBe(true)
      expect(form?.body.toString('latin1')).toMatch(/name="model"\r\n\r\npainter\r\n/)
      expect(form?.body.toString('latin1')).not.toContain('gpt-image-1')
      expect(form?.headers.authorization).toBe('Bearer token-abc123')
    }
    expect(JSON.stringify(server.calls.map(({ headers }) => headers))).not.toContain('callers-own')
  })

  test('a form is routed by the model that it names', async () => {
    const [a, b] = [await relays.startServer(images), await relays.startServer(images)]
    const routing: ModelApiSnapshot['routing'] = {
      mode: 'model-name',
      rules: [
        { pattern: 'gpt-*', target: { serviceId: 'svc_a', model: null } },
        { pattern: 'qwen-*', target: { serviceId: 'svc_b', model: null } },
      ],
      default: null,
    }
    const services = [openAiService(a.url), openAiService(b.url, 'svc_b')]
    const client = clientOf(await relays.publish({ useCase: 'image', routing }, ...services))
    await client.images.edit({ image: await png(), prompt: 'a hat', model: 'qwen-image' })
    await client.images.edit({ image: await png(), prompt: 'a hat', model: 'gpt-image-1' })
    expect([a.calls.length, b.calls.length]).toEqual([1, 1])
    expect(b.calls[0]?.body.toString('latin1')).toContain('qwen-image')
    await expect(
      client.images.edit({ image: await png(), prompt: 'a hat', model: 'flux' }),
    ).rejects.toMatchObject({ status: 404, code: 'model_not_routed' })
  })

  test('a form goes to a fallback as it came', async () => {
    const failing = await relays.startServer((_request, _body, response) =>
      sendJson(response, { error: {} }, 500),
    )
    const server = await relays.startServer(images)
    const fallback = { upstreamErrorsOnly: false, targets: [{ serviceId: 'svc_b', model: null }] }
    const services = [openAiService(failing.url), openAiService(server.url, 'svc_b')]
    const client = clientOf(await relays.publish({ useCase: 'image', fallback }, ...services))
    await client.images.edit({ image: await png(), prompt: 'a hat', model: 'gpt-image-1' })
    expect(server.calls[0]?.body).toEqual(failing.calls[0]?.body)
  })

  test('speech comes as bytes, as it is spoken', async () => {
    let finish = () => {}
    const server = await relays.startServer((_request, _body, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg' })
      response.write(image)
      finish = () => response.end(image)
    })
    const client = clientOf(await relays.publish({ useCase: 'speech' }, openAiService(server.url)))
    const spoken = await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'hello' })
    const reader = spoken.body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? [])).toEqual(image)
    finish()
    expect(Buffer.from((await reader?.read())?.value ?? [])).toEqual(image)
    expect(spoken.headers.get('content-type')).toBe('audio/mpeg')
    expect(JSON.parse(String(server.calls[0]?.body))).toMatchObject({ model: 'tts-1', input: 'hello' })
  })

  test('models, files, batches and fine-tuning jobs stay with the service that made them', async () => {
    const servers = await Promise.all(
      ['a', 'b'].map((name) =>
        relays.startServer(({ method, url = '' }, _body, response) => {
          if (url.endsWith('/content')) {
            response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(image)
          } else if (url.startsWith('/v1/models')) {
            sendJson(response, { object: 'list', data: [{ id: 'm', object: 'model' }] })
          } else if (url.startsWith('/v1/batches')) {
            sendJson(response, { id: `batch-${name}`, object: 'batch', output_file_id: `out-${name}` })
          } else if (url.startsWith('/v1/fine_tuning/jobs')) {
            sendJson(response, { id: `job-${name}`, object: 'fine_tuning.job' })
          } else sendJson(response, { id: `file-${name}`, object: 'file', deleted: method === 'DELETE' })
        }),
      ),
    )
    const [a, b] = servers
    if (a === undefined || b === undefined) throw new Error('There are two servers.')
    const services = [openAiService(a.url), openAiService(b.url, 'svc_b')]
    const client = clientOf(await relays.publish({ useCase: 'others', routing: byWeight }, ...services))
    const upload = async () =>
      await client.files.create({ file: await toFile(Buffer.from('{}\n'), 'in.jsonl'), purpose: 'batch' })
    const uploaded = new Set<string>()
    while (uploaded.size < 2) uploaded.add((await upload()).id)
    for (const id of [...uploaded, ...uploaded, ...uploaded]) {
      const name = id.slice(-1)
      const mine = name === 'a' ? a : b
      expect((await client.files.retrieve(id)).id).toBe(id)
      const batch = await client.batches.create({
        input_file_id: id,
        endpoint: '/v1/chat/completions',
        completion_window: '24h',
      })
      expect(batch.id).toBe(`batch-${name}`)
      expect((await client.batches.cancel(batch.id)).id).toBe(batch.id)
      const content = await client.files.content(`out-${name}`)
      expect(Buffer.from(await content.arrayBuffer())).toEqual(image)
      expect(mine.calls.at(-1)?.url).toBe(`/v1/files/out-${name}/content`)
      const job = await client.fineTuning.jobs.create({ model: 'm', training_file: id })
      expect((await client.fineTuning.jobs.retrieve(job.id)).id).toBe(`job-${name}`)
      expect((await client.files.delete(id)).deleted).toBe(true)
      expect(mine.calls.at(-1)).toMatchObject({ method: 'DELETE', url: `/v1/files/${id}` })
    }
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['m'])
    await client.files.list({ limit: 2 })
    expect([...a.calls, ...b.calls].map(({ url }) => url)).toContain('/v1/files?limit=2')
  })
})

test.each([
  ['/v1/fine-tuning', '/v1/fine_tuning/jobs'],
  ['/v1/fine-tuning/jobs?limit=2', '/v1/fine_tuning/jobs?limit=2'],
  ['/v1/fine-tuning/job-1/events', '/v1/fine_tuning/jobs/job-1/events'],
  ['/v1/fine-tuning/jobs/job-1', '/v1/fine_tuning/jobs/job-1'],
])('what is called %s is asked for as %s, at an address too', async (called, asked) => {
  const server = await relays.startServer((_request, _body, response) => sendJson(response, { id: 'job-1' }))
  for (const service of [openAiService(server.url), addressService(server.port)]) {
    const api = { useCase: 'others', basePath: '/team', removeBasePath: true } as const
    const { port } = await relays.publish(api, service)
    expect((await call(port, `/team${called}`, { method: 'GET' })).status).toBe(200)
    expect(server.calls.at(-1)?.url).toBe(asked)
    expect((await call(port, '/team/v1/fine-tuning-not', { method: 'GET' })).status).toBe(404)
  }
})

describe('By Model Studio’s own protocol', () => {
  const image = '/api/v1/services/aigc/text2image/image-synthesis'
  const body = { model: 'wan', input: { prompt: 'a cat' } }

  test.each(['native', 'openai'] as const)(
    'a service of protocol %s is asked at the same host',
    async (protocol) => {
      const server = await relays.startServer((_request, _body, response) =>
        sendJson(response, { output: { task_id: 'task-1', task_status: 'PENDING' }, request_id: 'r' }),
      )
      const gateway = await relays.publish(
        { useCase: 'image', protocol: 'model-studio' },
        modelStudioService(server.url, 'svc_a', protocol),
      )
      const headers = { 'x-dashscope-async': 'enable', 'x-dashscope-workspace': 'mine' }
      const answer = await call(gateway.port, image, { body: JSON.stringify(body), headers })
      expect(JSON.parse(answer.body).output.task_id).toBe('task-1')
      expect(server.calls[0]).toMatchObject({ method: 'POST', url: image })
      expect(server.calls[0]?.headers).toMatchObject({
        'x-dashscope-async': 'enable',
        authorization: 'Bearer token-abc123',
      })
      expect(server.calls[0]?.headers).not.toHaveProperty('x-dashscope-workspace')
    },
  )

  test('a task is asked about where it was made, over snapshots too', async () => {
    const [a, b] = await Promise.all(
      ['a', 'b'].map((name) =>
        relays.startServer((_request, _body, response) =>
          sendJson(response, { output: { task_id: `task-${name}`, task_status: 'PENDING' } }),
        ),
      ),
    )
    if (a === undefined || b === undefined) throw new Error('There are two servers.')
    const upstreamServices = [modelStudioService(a.url), modelStudioService(b.url, 'svc_b')]
    const api = { useCase: 'video', protocol: 'model-studio', routing: byWeight } as const
    const gateway = await relays.publish(api, ...upstreamServices)
    const path = '/api/v1/services/aigc/video-generation/video-synthesis'
    while (a.calls.length === 0 || b.calls.length === 0) await callJson(gateway.port, path, body)
    gateway.apply(makeSnapshot({ revision: 2, upstreamServices, modelApis: [makeModelApi(api)] }))
    for (const name of ['a', 'b', 'b', 'a', 'a', 'b']) {
      const answer = await call(gateway.port, `/api/v1/tasks/task-${name}`, { method: 'GET' })
      expect(JSON.parse(answer.body).output.task_id).toBe(`task-${name}`)
      await call(gateway.port, `/api/v1/tasks/task-${name}/cancel`, { method: 'POST' })
      expect((name === 'a' ? a : b).calls.at(-1)).toMatchObject({
        method: 'POST',
        url: `/api/v1/tasks/task-${name}/cancel`,
      })
    }
  })

  test('errors have its form, the service’s own and the gateway’s', async () => {
    const said = { code: 'InvalidParameter', message: 'No such size.', request_id: 'r' }
    const server = await relays.startServer((_request, _body, response) => sendJson(response, said, 400))
    const { port } = await relays.publish(
      { useCase: 'rerank', protocol: 'model-studio' },
      modelStudioService(server.url),
    )
    const path = '/api/v1/services/rerank/text-rerank/text-rerank'
    const answer = await callJson(port, path, body)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([400, said])
    const missing = await callJson(port, '/v1/chat/completions', body)
    expect(missing.status).toBe(404)
    expect(JSON.parse(missing.body)).toMatchObject({
      code: 'route_not_found',
      message: `This API has no such route. It answers at POST ${path}.`,
      request_id: missing.headers['x-request-id'],
    })
    expect(JSON.parse((await call(port, path, { body: 'no json' })).body).code).toBe('invalid_request')
  })

  test('speech goes over a WebSocket, with the key of the service', async () => {
    const server = await relays.startServer(() => {})
    const { port } = await relays.publish(
      { useCase: 'speech', protocol: 'model-studio' },
      modelStudioService(server.url),
    )
    const headers = { authorization: 'Bearer callers-own' }
    const socket = await relays.connect(port, '/api-ws/v1/inference', headers)
    const audio = Buffer.alloc(100_000, 7)
    expect((await echo(socket, '{"header":{"action":"run-task"}}')).toString()).toContain('run-task')
    expect(await echo(socket, audio)).toEqual(audio)
    expect(server.calls[0]).toMatchObject({ method: 'GET', url: '/api-ws/v1/inference' })
    expect(server.calls[0]?.headers.authorization).toBe('Bearer token-abc123')
    socket.close()
    await expect.poll(() => server.sockets.clients.size).toBe(0)
    const plain = await call(port, '/api-ws/v1/inference', { method: 'GET' })
    expect([plain.status, JSON.parse(plain.body).code]).toEqual([400, 'invalid_request'])
  })

  test('a provider that has not these paths says so', async () => {
    const server = await relays.startServer(() => {})
    const { port } = await relays.publish(
      { useCase: 'image', protocol: 'model-studio' },
      openAiService(server.url),
    )
    const answer = await callJson(port, image, body)
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'operation_not_supported',
      message: `The provider of service svc_a has nothing that answers ${image}.`,
    })
    expect(server.calls).toEqual([])
  })
})

test('vLLM ranks documents, as a provider and at an address', async () => {
  const server = await relays.startServer((_request, _body, response) => sendJson(response, { results: [] }))
  const body = { model: 'bge', query: 'q', documents: ['a'] }
  for (const service of [openAiService(server.url), addressService(server.port)]) {
    const { port } = await relays.publish({ useCase: 'rerank', protocol: 'vllm' }, service)
    expect((await callJson(port, '/v1/rerank', body)).status).toBe(200)
    expect(server.calls.at(-1)).toMatchObject({ method: 'POST', url: '/v1/rerank' })
    expect(JSON.parse(String(server.calls.at(-1)?.body))).toEqual(body)
  }
})
