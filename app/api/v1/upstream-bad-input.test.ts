import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { asksMax } from '@/lib/console/ask-in-turn.ts'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  compatible,
  fixedService,
  made,
  of,
  onModelApis,
  onServices,
  onSources,
  params,
  refusals,
  startWithWorkspaces,
} from './testing/ai-gateway.ts'
import * as domains from './workspaces/[workspace]/domains/route.ts'
import * as storedTest from './workspaces/[workspace]/services/[id]/test/route.ts'
import * as draftTest from './workspaces/[workspace]/services/test/route.ts'
import * as check from './workspaces/[workspace]/sources/check/route.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const routed = (serviceId: string, change: object = {}) => ({
  ...{ name: 'chat', gatewayId: 'shared' },
  routing: { mode: 'single', target: { serviceId } },
  ...change,
})

describeOnBothDatabases('input that cannot be meant', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())

  test('a base path that callers write in more than one way, or that others answer', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const wrong = [
      'chat',
      '//a',
      '/a//b',
      '/a?b',
      '/a#b',
      '/a/../b',
      '/./a',
      '/..',
      '/%61',
      '/a\\b',
      '/模型',
      '/a"b',
    ]
    const reserved = [
      '/api/predict',
      '/api/predict/qwen_7b/',
      '/exported/apis',
      '/.well-known/acme-challenge',
    ]
    for (const basePath of [...wrong, ...reserved]) {
      const answer = await onModelApis.post(routed(id, { basePath }))
      expect(answer.status, basePath).toBe(422)
      expect(Object.keys(refusals(answer)), basePath).toEqual(['basePath'])
    }
    const fine = ['/', '/api/predictions', '/team-a/v1.2~x/', "/it's/(a)@b:c"]
    for (const [index, basePath] of fine.entries()) {
      const answer = await onModelApis.post(routed(id, { basePath, name: `fine-${index}` }))
      expect(answer.status, answer.text).toBe(201)
    }
  })

  test('one domain name twice is one name, and the gateway of all tenants goes on', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const body = { gatewayId: 'shared', name: 'chat.example.com', protocol: 'http' }
    const domain = await made(call(domains.POST, 'POST', { params, body }))
    const api = await made(onModelApis.post(routed(id, { domainIds: [domain.id, domain.id] })))
    expect(api.domainIds).toEqual([domain.id])
    await expect
      .poll(async () => (await publishedSnapshot())?.modelApis)
      .toMatchObject([{ domains: ['chat.example.com'] }])
  })

  test('two APIs at one place at once: one is made, and the other told', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const names = ['one', 'two', 'three', 'four']
    const answers = await Promise.all(
      names.map((name) => onModelApis.post(routed(id, { name, basePath: '/same' }))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect((await onModelApis.list()).json.items).toHaveLength(1)
  })

  test('users and passwords in addresses, which would be shown', async () => {
    await start()
    const nacos = { name: 'registry', gatewayId: 'shared', type: 'nacos' }
    const kubernetes = { name: 'cluster', gatewayId: 'shared', type: 'kubernetes' }
    const functionCompute = { name: 'f', gatewayId: 'shared', source: 'function-compute' }
    const secret = 'http://user:pass@10.0.0.1:8000'
    const query = 'http://10.0.0.1:8000/?token=secret'
    for (const url of [secret, query]) {
      const answers = [
        await onSources.post({ ...nacos, nacos: { servers: [url] } }),
        await onSources.post({ ...kubernetes, kubernetes: { connection: { kind: 'server', url } } }),
        await onServices.post({ ...functionCompute, functionCompute: { function: 'f', url } }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([422, 422, 422])
      expect(answers.map((answer) => Object.keys(refusals(answer)))).toEqual([
        ['nacos.servers.0'],
        ['kubernetes.connection.url'],
        ['functionCompute.url'],
      ])
    }
    expect(refusals(await onServices.post(aiService({ baseUrl: secret })))).toEqual({
      'ai.baseUrl': 'provider_settings',
    })
  })

  test('a key that is none of the service’s is not tried without one', async () => {
    await start()
    const { keys } = await made(onServices.post(aiService()))
    await made(onServices.post(fixedService(['10.0.0.1:80'])))
    const tried = (id: string, keyId: string) =>
      call(storedTest.POST, 'POST', { params: of(id), body: { model: 'm', keyId } })
    expect(refusals(await tried('vllm', 'key_x'))).toEqual({ keyId: 'key_unknown' })
    expect(refusals(await tried('fixed', keys[0].id))).toEqual({ keyId: 'key_unknown' })
    const body = { service: aiService(), test: { model: 'm', keyId: keys[0].id } }
    expect(refusals(await call(draftTest.POST, 'POST', { params, body }))).toEqual({
      'test.keyId': 'key_unknown',
    })
  })

  test('what was written for an older version, whatever else is wrong with it', async () => {
    await start()
    const { keys } = await made(onServices.post(aiService()))
    const replaced = { version: 1, ai: compatible({ apiKeys: ['sk-another-key-2222'] }) }
    expect((await onServices.patch('vllm', replaced)).status).toBe(200)
    const stale = { version: 1, ai: compatible({ apiKeys: [{ id: keys[0].id }] }) }
    expect(await onServices.patch('vllm', stale)).toMatchObject({
      status: 409,
      json: { code: 'version_conflict', current: { version: 2 } },
    })
  })

  test('a kept key that other options have no use for', async () => {
    await start()
    const credential = JSON.stringify({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'a'.repeat(40),
    })
    const bedrock = (options: object, apiKeys: unknown[]) => ({
      provider: 'bedrock',
      options: { region: 'us-east-1', endpoint: 'runtime', ...options },
      apiKeys,
    })
    const first = bedrock({ auth: 'access-key' }, [credential])
    const body = { name: 'aws', gatewayId: 'shared', source: 'ai', ai: first }
    const { keys } = await made(onServices.post(body))
    const next = bedrock({ auth: 'api-key' }, [{ id: keys[0].id }])
    const answer = await onServices.patch('aws', { version: 1, ai: next })
    expect(answer.status, answer.text).toBe(422)
    expect(refusals(answer)).toEqual({ 'ai.apiKeys.0.value': 'provider_settings' })
    expect(answer.text).not.toContain('aaaa')
  })

  test('more questions at once than a workspace may ask', async () => {
    await start()
    let asked = 0
    const silent = createServer(() => {
      asked += 1
    })
    servers.push(silent)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
    const kubernetes = { connection: { kind: 'server', url, token: 'secret' } }
    const body = { source: { name: 'cluster', gatewayId: 'shared', type: 'kubernetes', kubernetes } }
    const ask = () => call(check.POST, 'POST', { params, body })
    const waiting = Array.from({ length: asksMax }, ask)
    await expect.poll(() => asked, { timeout: 20_000 }).toBe(asksMax)
    const refused = await ask()
    expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } })
    silent.closeAllConnections()
    const answers = await Promise.all(waiting)
    expect(answers.map(({ status }) => status)).toEqual(Array(asksMax).fill(200))
    expect(answers[0]?.json.ok).toBe(false)
  })
})
