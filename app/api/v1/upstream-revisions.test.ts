import { expect, test } from 'vitest'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { type Answer, call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  baseUrl,
  compatible,
  fixedService,
  made,
  onModelApis,
  onServices,
  onSources,
  params,
  startWithWorkspaces,
  tokenOf,
} from './testing/ai-gateway.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as gateways from './workspaces/[workspace]/gateways/route.ts'

const shared = { ...params, gateway: 'shared' }
const key = 'sk-first-key-of-the-test-1111'
const password = 'nacos-secret-of-the-test'
const nacosSource = (name = 'registry') => ({
  ...{ name, gatewayId: 'shared', type: 'nacos' },
  nacos: { servers: ['http://10.0.0.9:8848'], username: 'nacos', password },
})
const nacosService = (sourceId: string) => ({
  ...{ name: 'found', gatewayId: 'shared', source: 'nacos' },
  nacos: { sourceId, service: 'chat' },
})
const routed = (serviceId: string, change: object = {}) => ({
  ...{ name: 'chat', gatewayId: 'shared' },
  routing: { mode: 'single', target: { serviceId } },
  ...change,
})

const revision = async (): Promise<number> =>
  (await call(gateway.GET, 'GET', { params: shared })).json.revision
const preview = (number: number) =>
  call(restore.GET, 'GET', { params: { ...shared, number: String(number) } })
const bringBack = async (number: number, token?: string): Promise<Answer> =>
  call(restore.POST, 'POST', {
    params: { ...shared, number: String(number) },
    body: { basedOn: await revision() },
    ...(token !== undefined && { token }),
  })

describeOnBothDatabases('bringing a revision back', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())

  test('makes sources, services, Model APIs and their secrets again, and shows none of those', async () => {
    await start()
    const source = await made(onSources.post(nacosSource()))
    const found = await made(onServices.post(nacosService(source.id)))
    const asked = await made(onServices.post(aiService({ apiKeys: [{ label: 'main', value: key }] })))
    const api = await made(onModelApis.post(routed(asked.id, { basePath: '/chat' })))
    const before = await revision()
    const removals = [
      () => onModelApis.remove(api.id),
      () => onServices.remove(asked.id),
      () => onServices.remove(found.id),
      () => onSources.remove(source.id),
    ]
    for (const remove of removals) expect((await remove()).status).toBe(204)
    const planned = await preview(before)
    expect(
      planned.json.changes.map(({ kind, operation }: Record<string, string>) => [kind, operation]),
    ).toEqual([
      ['source', 'created'],
      ['service', 'created'],
      ['service', 'created'],
      ['model-api', 'created'],
    ])
    const restored = await bringBack(before)
    expect(restored.status, restored.text).toBe(200)
    expect((await onServices.get('vllm')).json).toMatchObject({
      id: asked.id,
      keys: [{ id: asked.keys[0].id, label: 'main', hint: '1111' }],
      usedBy: [{ id: api.id }],
    })
    await expect
      .poll(async () => (await publishedSnapshot())?.modelApis)
      .toMatchObject([{ id: api.id, basePath: '/chat', routing: { target: { serviceId: asked.id } } }])
    const upstreams = (await publishedSnapshot())?.upstreamServices.map(({ upstream }) => upstream)
    expect(upstreams).toContainEqual(
      expect.objectContaining({ keys: [{ id: asked.keys[0].id, value: key }] }),
    )
    expect(upstreams).toContainEqual(
      expect.objectContaining({
        discovery: expect.objectContaining({ cluster: expect.objectContaining({ password }) }),
      }),
    )
    const seen = [
      planned.text,
      restored.text,
      (await call(revisions.GET, 'GET', { params: shared })).text,
      (await call(activity.GET, 'GET', { params })).text,
    ]
    const secrets = [key, password, 's1:', 'sealed', 'Sealed']
    expect(seen.flatMap((text) => secrets.filter((secret) => text.includes(secret)))).toEqual([])
    expect((await bringBack(before)).json.code).toBe('conflict')
  })

  test('undoes a change of address together with that of the keys', async () => {
    await start()
    const { id } = await made(onServices.post(aiService({ apiKeys: [key] })))
    const before = await revision()
    const ai = compatible({ baseUrl: 'http://10.0.0.7:8000/v1', apiKeys: ['sk-other-key-2222'] })
    expect((await onServices.patch(id, { version: 1, ai })).status).toBe(200)
    expect((await bringBack(before)).status).toBe(200)
    await expect
      .poll(async () => (await publishedSnapshot())?.upstreamServices[0]?.upstream)
      .toMatchObject({ baseUrl, keys: [{ value: key }] })
  })

  test('gives a Model API its service back that was deleted since, though another has its name', async () => {
    await start()
    const first = await made(onServices.post(aiService()))
    const api = await made(onModelApis.post(routed(first.id)))
    const before = await revision()
    const spare = await made(onServices.post(fixedService(['10.0.0.5:80'])))
    const routing = { mode: 'single', target: { serviceId: spare.id } }
    expect((await onModelApis.patch(api.id, { version: 1, routing })).status).toBe(200)
    expect((await onServices.remove(first.id)).status).toBe(204)
    await made(onServices.post(aiService({ baseUrl: 'http://10.0.0.6:80/v1' })))
    const restored = await bringBack(before)
    expect(restored.status, restored.text).toBe(200)
    expect((await onModelApis.get(api.id)).json.routing.target.serviceId).toBe(first.id)
    const { items } = (await onServices.list()).json
    expect(items).toMatchObject([{ id: first.id, name: 'vllm', address: baseUrl }])
  })

  test('lets two Model APIs change places again', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const one = await made(onModelApis.post(routed(id, { name: 'one', basePath: '/one' })))
    const two = await made(onModelApis.post(routed(id, { name: 'two', basePath: '/two' })))
    const before = await revision()
    const move = (api: string, version: number, basePath: string) =>
      onModelApis.patch(api, { version, basePath })
    for (const moved of [
      await move(one.id, 1, '/tmp'),
      await move(two.id, 1, '/one'),
      await move(one.id, 2, '/two'),
    ]) {
      expect(moved.status, moved.text).toBe(200)
    }
    expect((await bringBack(before)).status).toBe(200)
    expect((await onModelApis.get(one.id)).json.basePath).toBe('/one')
    expect((await onModelApis.get(two.id)).json.basePath).toBe('/two')
  })

  test('says what cannot come back, and changes nothing', async () => {
    await start()
    const { id } = await made(onServices.post(aiService()))
    const api = await made(onModelApis.post(routed(id, { basePath: '/chat' })))
    const source = await made(onSources.post(nacosSource()))
    const before = await revision()
    for (const gone of [await onModelApis.remove(api.id), await onServices.remove(id)]) {
      expect(gone.status).toBe(204)
    }
    expect((await onSources.remove(source.id)).status).toBe(204)
    // An owner of the installation would bring back the part of the other workspace, too.
    const admin = await tokenOf('admin')
    const refused = async () => {
      const answer = await bringBack(before, admin)
      expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } })
      return answer.json.detail
    }
    const theirs = { workspace: 'other' }
    const theirService = await made(onServices.post(aiService(), theirs))
    const squatter = routed(theirService.id, { basePath: '/chat' })
    const taken = await made(onModelApis.post(squatter, theirs))
    expect(await refused()).toBe('chat cannot come back: another Model API has its name now.')
    const remove = { params: { ...theirs, id: taken.id } }
    const { DELETE } = await import('./workspaces/[workspace]/model-apis/[id]/route.ts')
    expect((await call(DELETE, 'DELETE', remove)).status).toBe(204)
    await made(onModelApis.post({ ...squatter, name: 'theirs' }, theirs))
    expect(await refused()).toMatch(
      /^chat cannot come back: A Model API of another workspace answers at \/chat/,
    )
    const edge = (
      await made(call(gateways.POST, 'POST', { params, body: { type: 'managed', name: 'edge' } }))
    ).id
    const namesake = await made(onServices.post({ ...aiService(), gatewayId: edge }))
    expect(await refused()).toBe('vllm cannot come back: another service has its name now.')
    expect((await onServices.remove(namesake.id)).status).toBe(204)
    const rival = await made(onSources.post({ ...nacosSource(), gatewayId: edge }))
    expect(await refused()).toBe('registry cannot come back: another source has its name now.')
    expect((await onSources.remove(rival.id)).status).toBe(204)
    expect((await onServices.list()).json.items).toEqual([])
    expect((await onSources.list()).json.items).toEqual([])
  })

  test('gives the service account of the nodes to owners of the installation alone', async () => {
    await start()
    const kubernetes = { connection: { kind: 'in-cluster' } }
    const body = { name: 'here', gatewayId: 'shared', type: 'kubernetes', kubernetes }
    const { id } = await made(onSources.post(body))
    const before = await revision()
    expect((await onSources.remove(id)).status).toBe(204)
    const refused = await bringBack(before, await tokenOf('admin'))
    expect(refused).toMatchObject({ status: 409, json: { code: 'conflict' } })
    expect(refused.json.detail).toMatch(/^here cannot come back: Only an owner of the installation/)
    expect((await bringBack(before)).status).toBe(200)
  })
})
