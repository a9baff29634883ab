import { afterEach, describe, expect, test } from 'vitest'
import { call, callJson } from '@/lib/gateway/testing/call.ts'
import { sendJson } from '@/lib/gateway/testing/model-stand.ts'
import {
  addressService,
  byWeight,
  echo,
  RelayStand,
  type ServerScript,
} from '@/lib/gateway/testing/relay-stand.ts'

const relays = new RelayStand()
afterEach(() => relays.close())

describe('A ComfyUI server', () => {
  const comfy = (name: string): ServerScript => {
    return ({ url = '', method }, _body, response) => {
      if (url.startsWith('/view'))
        response.writeHead(200, { 'content-type': 'image/png' }).end(`image ${name}`)
      else if (method === 'POST' && url === '/prompt')
        sendJson(response, { prompt_id: `p-${name}`, number: 1 })
      else if (method === 'GET' && url === '/missing') response.writeHead(404).end()
      else sendJson(response, { at: name })
    }
  }
  const pair = async () => {
    const [a, b] = [await relays.startServer(comfy('a')), await relays.startServer(comfy('b'))]
    const services = [addressService(a.port), addressService(b.port, 'svc_b')]
    const gateway = await relays.publish(
      { useCase: 'image', protocol: 'comfyui', routing: byWeight },
      ...services,
    )
    return { a, b, port: gateway.port }
  }

  const routes = [
    ['GET', '/embeddings'],
    ['GET', '/extensions'],
    ['GET', '/features'],
    ['GET', '/models'],
    ['GET', '/models/checkpoints'],
    ['GET', '/workflow_templates'],
    ['POST', '/upload/image'],
    ['POST', '/upload/mask'],
    ['GET', '/view?filename=a.png&type=output'],
    ['GET', '/view_metadata/checkpoints?filename=a'],
    ['GET', '/system_stats'],
    ['GET', '/prompt'],
    ['POST', '/prompt'],
    ['GET', '/object_info'],
    ['GET', '/object_info/KSampler'],
    ['GET', '/history'],
    ['POST', '/history'],
    ['GET', '/history/p-1'],
    ['GET', '/queue'],
    ['POST', '/queue'],
    ['POST', '/interrupt'],
    ['POST', '/free'],
    ['GET', '/userdata?dir=workflows'],
    ['GET', '/v2/userdata?path=workflows'],
    ['GET', '/userdata/workflows%2Fa.json'],
    ['POST', '/userdata/workflows%2Fa.json'],
    ['DELETE', '/userdata/workflows%2Fa.json'],
    ['POST', '/userdata/a.json/move/b.json'],
    ['GET', '/users'],
    ['POST', '/users'],
  ] as const

  test.each(
    routes.flatMap(
      ([method, path]) =>
        [
          [method, path],
          [method, `/api${path}`],
        ] as const,
    ),
  )('answers %s %s below a base path', async (method, path) => {
    const server = await relays.startServer(comfy('a'))
    const api = { useCase: 'image', protocol: 'comfyui', basePath: '/ui', removeBasePath: true } as const
    const { port } = await relays.publish(api, addressService(server.port))
    const body = method === 'POST' ? '\0bytes of any kind' : ''
    const headers = { 'content-type': 'application/octet-stream', authorization: 'Bearer callers-own' }
    const answer = await call(port, `/ui${path}`, { method, body, headers })
    expect(answer.status).toBe(200)
    expect(server.calls[0]).toMatchObject({ method, url: path })
    expect(server.calls[0]?.body.toString()).toBe(body)
    expect(server.calls[0]?.headers).not.toHaveProperty('authorization')
  })

  test('keeps a client’s channel, workflows, history and images at one server', async () => {
    const { a, b, port } = await pair()
    const socket = await relays.connect(port, '/ws?clientId=c-1')
    expect((await echo(socket, 'hello')).toString()).toBe('hello')
    const [mine, name, other] = a.calls.length === 1 ? [a, 'a', b] : [b, 'b', a]
    for (let round = 0; round < 3; round += 1) {
      const made = await callJson(port, '/prompt', { prompt: {}, client_id: 'c-1' })
      expect(JSON.parse(made.body).prompt_id).toBe(`p-${name}`)
      await call(port, `/api/history/p-${name}`, { method: 'GET' })
      const seen = await call(port, '/view?filename=a.png', { method: 'GET' })
      expect([seen.headers['content-type'], seen.body]).toEqual(['image/png', `image ${name}`])
    }
    expect(mine.calls.length).toBe(10)
    expect(other.calls.length).toBe(0)
  })

  test('says itself what is wrong with a workflow', async () => {
    const said = { error: { type: 'prompt_no_outputs' }, node_errors: {} }
    const server = await relays.startServer((_request, _body, response) => sendJson(response, said, 400))
    const { port } = await relays.publish(
      { useCase: 'image', protocol: 'comfyui' },
      addressService(server.port),
    )
    const answer = await callJson(port, '/prompt', { prompt: {} })
    expect([answer.status, JSON.parse(answer.body)]).toEqual([400, said])
  })

  test('is left by no path', async () => {
    const server = await relays.startServer(comfy('a'))
    const { port } = await relays.publish(
      { useCase: 'image', protocol: 'comfyui' },
      addressService(server.port),
    )
    for (const path of ['/view_metadata/../users', '/userdata/..', '/view_metadata/%2e%2e/users']) {
      const answer = await call(port, path, { method: 'GET' })
      expect([answer.status, JSON.parse(answer.body).error.code], path).toEqual([400, 'malformed_request'])
    }
    expect((await call(port, '/internal/logs', { method: 'GET' })).status).toBe(404)
    expect((await call(port, '/view', { method: 'DELETE' })).headers['allow']).toBe('GET')
    expect(server.calls).toEqual([])
  })
})
