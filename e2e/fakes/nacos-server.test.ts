import { afterEach, expect, test } from 'vitest'
import { createNacosServer, type NacosServer, type NacosServerOptions } from './nacos-server.ts'

let nacos: NacosServer | undefined
let now = 1_000_000

afterEach(() => nacos?.close())

async function start(options: NacosServerOptions = {}) {
  nacos = await createNacosServer({ now: () => now, ...options })
  const { url } = nacos
  return async (method: string, path: string, query: Record<string, string> = {}) => {
    const answer = await fetch(`${url}/nacos/v1${path}?${new URLSearchParams(query)}`, { method })
    const body = await answer.text()
    return { status: answer.status, body: body.startsWith('{') ? JSON.parse(body) : body }
  }
}

const instance = { serviceName: 'demo', groupName: 'models', ip: '10.0.0.1', port: '8000' }
const list = { serviceName: 'models@@demo' }

test('instances are registered, listed and removed', async () => {
  const call = await start()
  const details = { weight: '3', metadata: '{"a":"b"}' }
  expect(await call('POST', '/ns/instance', { ...instance, ...details })).toEqual({ status: 200, body: 'ok' })
  const { body } = await call('GET', '/ns/instance/list', list)
  expect(body.hosts).toMatchObject([
    {
      instanceId: '10.0.0.1#8000#DEFAULT#models@@demo',
      ip: '10.0.0.1',
      port: 8000,
      weight: 3,
      healthy: true,
      enabled: true,
      metadata: { a: 'b' },
    },
  ])
  expect((await call('GET', '/ns/instance/list', { ...list, namespaceId: 'other' })).body.hosts).toEqual([])
  await call('DELETE', '/ns/instance', instance)
  expect((await call('GET', '/ns/instance/list', list)).body.hosts).toEqual([])
})

test('without beats they are unhealthy after 15 s and gone after 30 s', async () => {
  const call = await start()
  const healthy = async () => {
    const { body } = await call('GET', '/ns/instance/list', list)
    return body.hosts.map((host: { healthy: boolean }) => host.healthy)
  }
  await call('POST', '/ns/instance', instance)
  now += 14_999
  expect(await healthy()).toEqual([true])
  now += 1
  expect(await healthy()).toEqual([false])
  expect((await call('PUT', '/ns/instance/beat', instance)).body).toMatchObject({
    clientBeatInterval: 5_000,
    code: 10_200,
  })
  expect(await healthy()).toEqual([true])
  now += 30_000
  expect(await healthy()).toEqual([])
  expect((await call('PUT', '/ns/instance/beat', instance)).body).toMatchObject({ code: 20_404 })
})

test('a beat that says all about an instance registers it', async () => {
  const call = await start()
  const beat = JSON.stringify({ weight: 2, metadata: {} })
  expect((await call('PUT', '/ns/instance/beat', { ...instance, beat })).body).toMatchObject({ code: 10_200 })
  expect((await call('GET', '/ns/instance/list', list)).body.hosts).toMatchObject([{ weight: 2 }])
})

test('a beat may say by itself alone where it comes from', async () => {
  const call = await start()
  await call('POST', '/ns/instance', instance)
  now += 20_000
  const beat = JSON.stringify({ ip: '10.0.0.1', port: '8000', weight: 1 })
  expect((await call('PUT', '/ns/instance/beat', { ...list, beat })).body).toMatchObject({ code: 10_200 })
  expect((await call('GET', '/ns/instance/list', list)).body.hosts).toMatchObject([{ healthy: true }])
})

test('where a user is asked for, only those who logged in may call, as long as that holds', async () => {
  const call = await start({ user: { name: 'nacos', password: 'secret' }, tokenSeconds: 60 })
  expect((await call('POST', '/ns/instance', instance)).status).toBe(403)
  expect((await call('POST', '/auth/login', { username: 'nacos', password: 'wrong' })).status).toBe(403)
  const { body } = await call('POST', '/auth/login', { username: 'nacos', password: 'secret' })
  const token = { accessToken: body.accessToken as string }
  expect(body.tokenTtl).toBe(60)
  expect((await call('POST', '/ns/instance', { ...instance, ...token })).status).toBe(200)
  now += 60_000
  expect((await call('POST', '/ns/instance', { ...instance, ...token })).status).toBe(403)
})

test('what is lacking is named', async () => {
  const call = await start()
  const { ip: _ip, ...rest } = instance
  expect(await call('POST', '/ns/instance', rest)).toEqual({ status: 400, body: "Param 'ip' is required." })
  expect((await call('GET', '/elsewhere')).status).toBe(404)
})
