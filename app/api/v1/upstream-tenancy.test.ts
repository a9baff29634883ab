import { afterAll, expect, test } from 'vitest'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  fixedService,
  made,
  onModelApis,
  onServices,
  onSources,
  params,
  refusals,
  startWithWorkspaces,
  tokenOf,
} from './testing/ai-gateway.ts'
import * as certificates from './workspaces/[workspace]/certificates/route.ts'
import * as domains from './workspaces/[workspace]/domains/route.ts'
import * as internet from './workspaces/[workspace]/gateways/[gateway]/internet/route.ts'
import * as gateways from './workspaces/[workspace]/gateways/route.ts'
import * as inferenceServices from './workspaces/[workspace]/inference-services/route.ts'
import * as modelApis from './workspaces/[workspace]/model-apis/route.ts'
import * as storedModels from './workspaces/[workspace]/services/[id]/models/route.ts'
import * as storedTest from './workspaces/[workspace]/services/[id]/test/route.ts'
import * as draftModels from './workspaces/[workspace]/services/models/route.ts'
import * as services from './workspaces/[workspace]/services/route.ts'
import * as draftTest from './workspaces/[workspace]/services/test/route.ts'
import * as catalogue from './workspaces/[workspace]/sources/[id]/catalogue/route.ts'
import * as check from './workspaces/[workspace]/sources/check/route.ts'
import * as sources from './workspaces/[workspace]/sources/route.ts'

const authority = new TestAuthority()
afterAll(() => authority.close())

const theirs = { workspace: 'other' }
const nacos = { servers: ['http://10.0.0.9:8848'], username: 'nacos', password: 'nacos-secret' }
const nacosSource = { name: 'registry', gatewayId: 'shared', type: 'nacos', nacos }

describeOnBothDatabases('what other workspaces have', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())

  test('cannot be named in a body: it looks like what does not exist', async () => {
    await start()
    const leaf = authority.issue({ names: ['client.example.com'] })
    const certificate = { name: 'client', chain: authority.chain(leaf), key: leaf.key }
    const post = (route: typeof services, body: object) =>
      made(call(route.POST, 'POST', { params: theirs, body }))
    const gateway = await post(gateways as never, { type: 'managed', name: 'edge' })
    const on = { params: { ...theirs, gateway: 'edge' }, body: { enabled: true } }
    expect((await call(internet.PUT, 'PUT', on)).status).toBe(200)
    const foreign = {
      gateway: gateway.id,
      source: (await post(sources as never, nacosSource)).id,
      service: (await post(services, aiService())).id,
      certificate: (await post(certificates as never, certificate)).id,
      domain: (await post(domains as never, { gatewayId: 'edge', name: 'a.example.com', protocol: 'http' }))
        .id,
      inference: (
        await post(inferenceServices as never, {
          name: 'theirs',
          instances: [{ url: 'http://10.0.0.5:8000' }],
        })
      ).id,
    }
    const unknown = Object.fromEntries(Object.keys(foreign).map((kind) => [kind, `nobody-${kind}`]))
    const mine = await made(onServices.post(aiService()))
    const token = await tokenOf('owner')
    const answersFor = async (named: Record<string, string>) => {
      const ask = async (route: { POST: typeof services.POST }, body: object) => {
        const answer = await call(route.POST, 'POST', { params, token, body })
        const text = answer.text.replaceAll(/"requestId":"[^"]*"/g, '')
        return {
          status: answer.status,
          text: Object.values(named).reduce((all, id) => all.replaceAll(id, ''), text),
        }
      }
      const found = { ...{ name: 'found', gatewayId: 'shared', source: 'nacos' } }
      const tls = { mode: 'mutual', certificateId: named['certificate'] }
      const eas = { provider: 'pai-eas', options: { service: named['inference'] } }
      const api = { name: 'api', gatewayId: 'shared' }
      const target = (serviceId: string | undefined) => ({ mode: 'single', target: { serviceId } })
      return [
        await ask(services, { ...aiService({}, 'x'), gatewayId: named['gateway'] }),
        await ask(sources, { ...nacosSource, gatewayId: named['gateway'] }),
        await ask(modelApis, { ...api, gatewayId: named['gateway'], routing: target(mine.id) }),
        await ask(services, { ...found, nacos: { sourceId: named['source'], service: 'chat' } }),
        await ask(services, fixedService(['10.0.0.1:443'], { tls })),
        await ask(services, { name: 'eas', gatewayId: 'shared', source: 'ai', ai: eas }),
        await ask(modelApis, { ...api, routing: target(named['service']) }),
        await ask(modelApis, { ...api, routing: target(mine.id), domainIds: [named['domain']] }),
        await ask(draftTest, { serviceId: named['service'], service: aiService(), test: { model: 'm' } }),
        await ask(draftModels, { serviceId: named['service'], service: aiService() }),
        await ask(check, { sourceId: named['source'], source: nacosSource }),
      ]
    }
    const answers = await answersFor(foreign)
    expect(answers).toEqual(await answersFor(unknown))
    expect(answers.map(({ status }) => status)).toEqual([
      422, 422, 422, 422, 422, 422, 422, 422, 404, 404, 404,
    ])
  })

  test('gives no key away to a draft at another address, or from another workspace', async () => {
    await start()
    const { id, keys } = await made(onServices.post(aiService()))
    const kept = [{ id: keys[0].id }]
    const ask = (service: object, serviceId: string | null = id) =>
      call(draftTest.POST, 'POST', { params, body: { serviceId, service, test: { model: 'm' } } })
    expect(refusals(await ask(aiService({ apiKeys: kept, baseUrl: 'http://10.6.6.6/v1' })))).toEqual({
      'service.ai.apiKeys.0.value': 'key_again',
    })
    expect(refusals(await ask(aiService({ apiKeys: kept }), null))).toEqual({
      'service.ai.apiKeys.0.value': 'missing',
    })
    const { id: sourceId } = await made(onSources.post(nacosSource))
    const moved = { servers: ['http://10.0.0.9:8848', 'http://10.6.6.6:8848'], username: 'nacos' }
    const checked = { sourceId, source: { ...nacosSource, nacos: moved } }
    expect(refusals(await call(check.POST, 'POST', { params, body: checked }))).toEqual({
      'source.nacos.password': 'secret_again',
    })
  })

  test('a viewer sees services, sources and APIs, and neither tries nor changes them', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const source = await made(onSources.post(nacosSource))
    const routing = { mode: 'single', target: { serviceId: id } }
    await made(onModelApis.post({ name: 'chat', gatewayId: 'shared', routing }))
    const token = await tokenOf('viewer')
    const of = (name: string) => ({ ...params, id: name })
    const statuses = async (asked: ReadonlyArray<Promise<{ status: number }>>) =>
      (await Promise.all(asked)).map(({ status }) => status)
    const draft = { service: aiService(), test: {} }
    expect(
      await statuses([
        call(services.GET, 'GET', { params, token }),
        call(sources.GET, 'GET', { params, token }),
        call(modelApis.GET, 'GET', { params, token }),
      ]),
    ).toEqual([200, 200, 200])
    expect(
      await statuses([
        call(storedTest.POST, 'POST', { params: of(id), token, body: {} }),
        call(storedModels.POST, 'POST', { params: of(id), token }),
        call(draftTest.POST, 'POST', { params, token, body: draft }),
        call(draftModels.POST, 'POST', { params, token, body: draft }),
        call(check.POST, 'POST', { params, token, body: { source: nacosSource } }),
        call(catalogue.GET, 'GET', { params: of(source.id), token }),
        call(sources.POST, 'POST', { params, token, body: nacosSource }),
        call(modelApis.POST, 'POST', { params, token, body: { name: 'b', gatewayId: 'shared', routing } }),
      ]),
    ).toEqual([403, 403, 403, 403, 403, 403, 403, 403])
    const developer = await tokenOf('developer')
    expect(
      await statuses([
        call(sources.POST, 'POST', { params, token: developer, body: nacosSource }),
        call(check.POST, 'POST', { params, token: developer, body: { source: nacosSource } }),
      ]),
    ).toEqual([403, 403])
  })
})
