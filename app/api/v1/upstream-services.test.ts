import { afterAll, describe, expect, test } from 'vitest'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as providers from './providers/route.ts'
import {
  aiService,
  baseUrl,
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
import * as certificates from './workspaces/[workspace]/certificates/[id]/route.ts'
import * as certificateList from './workspaces/[workspace]/certificates/route.ts'
import * as workspaceRoute from './workspaces/[workspace]/route.ts'
import * as search from './workspaces/[workspace]/search/route.ts'
import * as service from './workspaces/[workspace]/services/[id]/route.ts'
import * as services from './workspaces/[workspace]/services/route.ts'

const authority = new TestAuthority()
afterAll(() => authority.close())

const published = async (name: string) =>
  (await publishedSnapshot())?.upstreamServices.find((candidate) => candidate.name === name)

describeOnBothDatabases('services of the AI gateway', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())

  test('are made of a provider, and reach nodes with their keys in order', async () => {
    await start()
    const apiKeys = [{ label: 'first', value: ' sk-aaaaaaaaaaaa1111 ' }, 'sk-bbbbbbbbbbbb2222']
    const created = await made(onServices.post(aiService({ apiKeys, models: ['qwen3'] })))
    expect(created).toMatchObject({
      version: 1,
      source: 'ai',
      gateway: { name: 'shared' },
      provider: { id: 'openai-compatible' },
      address: baseUrl,
      config: { provider: 'openai-compatible', protocol: 'openai', baseUrl, models: ['qwen3'] },
      keys: [
        { label: 'first', hint: '1111', state: 'unknown' },
        { label: '', hint: '2222' },
      ],
      formats: ['openai-chat', 'openai-completions', 'openai-embeddings'],
      health: { state: 'unknown' },
      usedBy: [],
    })
    await expect
      .poll(async () => (await published('vllm'))?.upstream)
      .toMatchObject({ keys: [{ value: 'sk-aaaaaaaaaaaa1111' }, { value: 'sk-bbbbbbbbbbbb2222' }] })
    expect((await onServices.list({ source: 'ai' })).json.items).toHaveLength(1)
    expect((await onServices.list({ source: 'dns' })).json.items).toHaveLength(0)
    expect((await onServices.get('vllm')).json.id).toBe(created.id)
  })

  test('are refused with a code at each field that is wrong', async () => {
    await start()
    const bedrock = { provider: 'bedrock', baseUrl: undefined }
    const vertexExpress = {
      ...{ provider: 'vertex', baseUrl: undefined },
      options: { auth: 'express', region: 'global' },
    }
    const openAi = { provider: 'openai', baseUrl: undefined }
    const eas = { provider: 'pai-eas', baseUrl: undefined, apiKeys: [], options: { service: 'eas_x' } }
    const cases: Record<string, readonly [change: object, path: string, code: string]> = {
      'a provider that is none': [{ provider: 'nobody' }, 'provider', 'unknown'],
      'an agent': [{ provider: 'dify' }, 'provider', 'unknown'],
      'an option that is none': [{ options: { zone: 'a' } }, 'options.zone', 'unknown'],
      'a region that is none': [{ ...bedrock, options: { region: 'Europe' } }, 'options.region', 'pattern'],
      'a protocol that is not offered': [
        { ...bedrock, protocol: 'openai', options: { endpoint: 'mantle' } },
        'protocol',
        'not_offered',
      ],
      'an option that does not count': [vertexExpress, 'options.region', 'inapplicable'],
      'no base URL': [{ baseUrl: undefined }, 'baseUrl', 'missing'],
      'a pasted path': [{ baseUrl: `${baseUrl}/chat/completions` }, 'baseUrl', 'provider_settings'],
      'a protocol that it has not': [{ protocol: 'native' }, 'protocol', 'unknown'],
      'no key': [{ ...openAi, apiKeys: [] }, 'apiKeys', 'missing'],
      'one key twice': [{ apiKeys: ['sk-aaaaaaaaa', 'sk-aaaaaaaaa'] }, 'apiKeys.1.value', 'repeated'],
      'somebody else’s key id': [{ apiKeys: [{ id: 'key_x' }] }, 'apiKeys.0.value', 'missing'],
      'a key of two words': [{ apiKeys: ['sk-a b'] }, 'apiKeys.0.value', 'provider_settings'],
      'a key of Anthropic': [
        { ...openAi, apiKeys: ['sk-ant-api03-abcdefgh'] },
        'apiKeys.0.value',
        'key_of_other_provider',
      ],
      'an address where it is automatic': [{ ...eas, baseUrl }, 'baseUrl', 'automatic'],
      'a key where none is taken': [{ ...eas, apiKeys: ['sk-aaaaaaaaa'] }, 'apiKeys', 'no_keys'],
      'no inference service': [{ ...eas, options: {} }, 'options.service', 'missing'],
      'an inference service that is none': [eas, 'options.service', 'service_unknown'],
    }
    const seen: Record<string, unknown> = {}
    const wanted: Record<string, unknown> = {}
    for (const [name, [change, path, code]] of Object.entries(cases)) {
      const answer = await onServices.post(aiService(change))
      seen[name] = { status: answer.status, code: refusals(answer)[`ai.${path}`] }
      wanted[name] = { status: 422, code }
    }
    expect(seen).toEqual(wanted)
  })

  test('offer the other source for an address of its kind', async () => {
    await start()
    const wrong = await onServices.post(fixedService(['chat.internal:80', '10.0.0.1:80', '10.0.0.1:80']))
    expect(wrong.json.invalidFields).toMatchObject([
      { path: 'fixed.addresses.0.address', code: 'wrong_source', params: { source: 'dns' } },
      { path: 'fixed.addresses.2.address', code: 'repeated' },
    ])
    const dns = { name: 'dns', gatewayId: 'shared', source: 'dns', dns: { addresses: ['10.0.0.1:80'] } }
    expect((await onServices.post(dns)).json.invalidFields).toMatchObject([
      { path: 'dns.addresses.0', code: 'wrong_source', params: { source: 'fixed' } },
    ])
  })

  test('reach nodes with addresses in their shortest form, weights and balancing', async () => {
    await start()
    const addresses = ['10.0.0.1:80', { address: '[FD00:0::7]:80', weight: 3 }]
    const created = await made(onServices.post(fixedService(addresses, { balancing: 'client-address' })))
    expect(created).toMatchObject({ address: '2 addresses', provider: null, keys: [], formats: [] })
    await expect
      .poll(async () => (await published('fixed'))?.upstream)
      .toMatchObject({
        balancing: { strategy: 'hash', on: 'client-address' },
        discovery: {
          type: 'fixed',
          addresses: [
            { host: '10.0.0.1', port: 80, weight: 1 },
            { host: 'fd00::7', port: 80, weight: 3 },
          ],
        },
      })
  })

  describe('with TLS', () => {
    const leaf = authority.issue({ names: ['client.example.com'] })
    const upload = async (change: object = {}) => {
      const body = { name: 'client', chain: authority.chain(leaf), key: leaf.key, ...change }
      return await made(call(certificateList.POST, 'POST', { params, body }))
    }
    const mutual = (certificateId: string, change: object = {}) =>
      fixedService(['10.0.0.1:443'], { tls: { mode: 'mutual', certificateId, ...change } })

    test('refuse an authority that is none, a server name with a port, and a foreign certificate', async () => {
      await start()
      const tls = { mode: 'one-way', ca: leaf.key, serverName: 'chat:443' }
      expect(refusals(await onServices.post(fixedService(['10.0.0.1:443'], { tls })))).toEqual({
        'fixed.tls.ca': 'key_in_ca',
        'fixed.tls.serverName': 'server_name',
      })
      const { id } = await upload({ installation: true })
      expect(refusals(await onServices.post(mutual(id)))).toEqual({
        'fixed.tls.certificateId': 'certificate_unknown',
      })
    })

    test('show a certificate of the workspace, follow its replacement, and keep it from being deleted', async () => {
      await start()
      const { id } = await upload()
      const created = await made(onServices.post(mutual(id, { ca: authority.root.cert })))
      const shown = async () => {
        const upstream = (await published('fixed'))?.upstream
        return upstream?.kind === 'addresses' ? upstream.tls?.client?.key.trim() : undefined
      }
      await expect.poll(shown).toBe(leaf.key.trim())
      const other = authority.issue({ names: ['client.example.com'] })
      const body = { version: 1, chain: authority.chain(other), key: other.key }
      expect((await call(certificates.PATCH, 'PATCH', { params: of(id), body })).json).toMatchObject({
        usedBy: [{ kind: 'service', id: created.id, name: 'fixed' }],
      })
      await expect.poll(shown).toBe(other.key.trim())
      expect((await call(certificates.DELETE, 'DELETE', { params: of(id) })).json).toMatchObject({
        code: 'in_use',
        current: { users: [{ kind: 'service', name: 'fixed' }] },
      })
      expect((await onServices.remove('fixed')).status).toBe(204)
      expect((await call(certificates.DELETE, 'DELETE', { params: of(id) })).status).toBe(204)
    })
  })

  test('belong to a workspace: nobody else finds, changes or names them', async () => {
    await start()
    await made(onServices.post(aiService()))
    const token = await tokenOf('owner', 'other')
    const elsewhere = { params: { workspace: 'other', id: 'vllm' }, token }
    expect((await call(service.GET, 'GET', elsewhere)).status).toBe(404)
    expect((await call(service.PATCH, 'PATCH', { ...elsewhere, body: { version: 1 } })).status).toBe(404)
    expect((await call(service.DELETE, 'DELETE', elsewhere)).status).toBe(404)
    expect((await made(onServices.post(aiService(), { workspace: 'other' }))).name).toBe('vllm')
    expect((await onServices.post(aiService())).json).toMatchObject({ code: 'conflict' })
  })

  test('are for developers to write and for viewers to see', async () => {
    await start()
    await made(onServices.post(aiService()))
    const viewer = await tokenOf('viewer')
    expect((await call(services.GET, 'GET', { params, token: viewer })).status).toBe(200)
    expect((await call(services.POST, 'POST', { params, token: viewer, body: aiService() })).status).toBe(403)
    const developer = await tokenOf('developer')
    const body = aiService({}, 'second')
    expect((await call(services.POST, 'POST', { params, token: developer, body })).status).toBe(201)
    expect((await call(providers.GET, 'GET', { token: viewer })).json.items.length).toBeGreaterThan(20)
    expect((await call(providers.GET, 'GET', { token: null })).status).toBe(401)
  })

  test('are made once for one idempotency key', async () => {
    await start()
    const headers = { 'idempotency-key': 'one-and-the-same' }
    const post = () => call(services.POST, 'POST', { params, body: aiService(), headers })
    const first = await post()
    expect((await post()).json.id).toBe(first.json.id)
    expect((await onServices.list()).json.items).toHaveLength(1)
  })

  test('stay while a Model API routes to them, and their workspace with them', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const routing = { mode: 'single', target: { serviceId: id } }
    const api = await made(onModelApis.post({ name: 'chat', gatewayId: 'shared', routing }))
    expect((await onServices.get(id)).json.usedBy).toEqual([{ kind: 'model-api', id: api.id, name: 'chat' }])
    expect((await onServices.remove(id)).json).toMatchObject({
      code: 'in_use',
      current: { users: [{ kind: 'model-api', name: 'chat' }] },
    })
    const query = { confirm: 'acme' }
    const leave = () => call(workspaceRoute.DELETE, 'DELETE', { params, query })
    expect((await leave()).json.code).toBe('in_use')
    await onModelApis.remove('chat')
    expect((await leave()).json.code).toBe('in_use')
    expect((await onServices.remove(id)).status).toBe(204)
    expect((await leave()).status).toBe(204)
  })

  test('are found by a part of their name', async () => {
    await start()
    const { id } = await made(onServices.post(aiService({}, 'Big-Chat')))
    const { items } = (await call(search.GET, 'GET', { params, query: { q: 'chat' } })).json
    expect(items).toEqual([{ kind: 'service', id, name: 'Big-Chat' }])
  })
})
