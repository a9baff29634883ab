import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { consoleContext } from '@/lib/console/console-context.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { compileSnapshot } from '@/lib/control-plane/compile-snapshot.ts'
import { loadRows } from '@/lib/control-plane/load-rows.ts'
import type { ApiKeyCredential } from '@/lib/domain/consumer.ts'
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
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as rotate from './workspaces/[workspace]/consumers/[id]/credentials/[credential]/rotate/route.ts'
import * as oneCredential from './workspaces/[workspace]/consumers/[id]/credentials/[credential]/route.ts'
import * as credentials from './workspaces/[workspace]/consumers/[id]/credentials/route.ts'
import * as consumer from './workspaces/[workspace]/consumers/[id]/route.ts'
import * as consumers from './workspaces/[workspace]/consumers/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'

const theirs = { workspace: 'other' }
const onConsumers = {
  post: (body: object, where = params) => call(consumers.POST, 'POST', { params: where, body }),
  get: (id: string) => call(consumer.GET, 'GET', { params: of(id) }),
  list: () => call(consumers.GET, 'GET', { params }),
  patch: (id: string, body: object) => call(consumer.PATCH, 'PATCH', { params: of(id), body }),
  remove: (id: string) => call(consumer.DELETE, 'DELETE', { params: of(id) }),
  add: (id: string, body: object) => call(credentials.POST, 'POST', { params: of(id), body }),
  rotate: (id: string, credential: string, body: object) =>
    call(rotate.POST, 'POST', { params: { ...of(id), credential }, body }),
  end: (id: string, credential: string) =>
    call(oneCredential.DELETE, 'DELETE', { params: { ...of(id), credential } }),
}
const apiKey = { type: 'api-key' }
const keyForm = /^ck_live_[A-Za-z0-9]{40}$/

/** A Model API that asks its callers who they are. */
async function closedApi(name = 'chat') {
  const service = await made(onServices.post(aiService({}, `for-${name}`)))
  const routing = { mode: 'single', target: { serviceId: service.id } }
  const plugins = { authorization: { enabled: true } }
  return await made(onModelApis.post({ gatewayId: 'shared', name, basePath: `/${name}`, routing, plugins }))
}

describeOnBothDatabases('consumers', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())

  test('are shown their keys once, and keys are kept as digests alone', async () => {
    const { database, logged } = await start()
    const given = 'given-key-of-the-caller-7777'
    const location = { in: 'header', name: 'X-Team-Key' }
    const created = await made(
      onConsumers.post({ name: 'app', credentials: [apiKey, { ...apiKey, key: given, location }] }),
    )
    const at = (place: string) =>
      created.credentials.find(({ location: { in: where } }: ApiKeyCredential) => where === place)
    const [generated, own] = [at('standard'), at('header')]
    expect(generated).toMatchObject({ key: expect.stringMatching(keyForm), location: { in: 'standard' } })
    expect(own).toMatchObject({ key: given, hint: '7777', location: { in: 'header', name: 'x-team-key' } })
    const added = await made(onConsumers.add('app', { ...apiKey, location: { in: 'query', name: 'key' } }))
    expect(added.key).toMatch(keyForm)

    const keys = [generated.key, given, added.key]
    const shown = await onConsumers.get('app')
    expect(shown.json.credentials.map(({ key }: { key: unknown }) => key)).toEqual([null, null, null])
    const rows = await database.consumerCredential.findMany()
    const told = [
      JSON.stringify(rows),
      shown.text,
      (await onConsumers.list()).text,
      (await call(activity.GET, 'GET', { params })).text,
      (await call(revisions.GET, 'GET', { params: { ...params, gateway: 'shared' } })).text,
      logged.join(''),
    ].join('\n')
    expect(told).toContain('consumer.credential-added')
    for (const key of keys) expect(told).not.toContain(key)
    const workspaceId = rows.length === 3 ? (await database.consumer.findFirstOrThrow()).workspaceId : ''
    expect(new Set(rows.map(({ tokenHash }) => tokenHash))).toEqual(
      new Set(keys.map((key) => hash('sha256', `${workspaceId}\n${key}`, 'base64'))),
    )
  })

  test('refuse what would not work', async () => {
    await start()
    await made(onConsumers.post({ name: 'app', credentials: [{ ...apiKey, key: 'sixteen-letters-x' }] }))
    const refused = async (body: object) => refusals(await onConsumers.post({ name: 'next', ...body }))
    const located = (location: object) => refused({ credentials: [{ ...apiKey, location }] })
    expect(await refused({ name: 'app' })).toEqual({ name: 'taken' })
    expect(await refused({ credentials: [{ ...apiKey, key: 'sixteen-letters-x' }] })).toEqual({
      'credentials.0.key': 'taken',
    })
    expect(Object.keys(await refused({ credentials: [{ ...apiKey, key: 'too short' }] }))).toEqual([
      'credentials.0.key',
    ])
    for (const name of ['Authorization', 'X-API-Key', 'host', 'x-forwarded-for', 'a b', '']) {
      expect(Object.keys(await located({ in: 'header', name })), name).toEqual([
        'credentials.0.location.name',
      ])
    }
    expect(Object.keys(await located({ in: 'query', name: 'a&b' }))).toEqual(['credentials.0.location.name'])
    expect(await refused({ modelApiIds: ['mapi_nobody'] })).toEqual({ 'modelApiIds.0': 'model_api_unknown' })
    expect((await onConsumers.post({ name: 'app' }, theirs)).status).toBe(201)
    const sameKey = { name: 'same', credentials: [{ ...apiKey, key: 'sixteen-letters-x' }] }
    expect((await onConsumers.post(sameKey, theirs)).status).toBe(201)
  })

  test('are granted Model APIs of their own workspace, which forget them when they go', async () => {
    await start()
    const api = await closedApi()
    const theirApp = await made(onConsumers.post({ name: 'app' }, theirs))
    const app = await made(onConsumers.post({ name: 'app', modelApiIds: [api.id, api.id] }))
    expect(app.modelApis).toEqual([{ id: api.id, name: 'chat' }])
    const foreign = { params: { ...theirs, id: theirApp.id }, body: { version: 1, modelApiIds: [api.id] } }
    expect(refusals(await call(consumer.PATCH, 'PATCH', foreign))).toEqual({
      'modelApiIds.0': 'model_api_unknown',
    })
    expect((await onConsumers.get(theirApp.id)).status).toBe(404)

    expect((await onModelApis.remove(api.id)).status).toBe(204)
    expect((await onConsumers.get('app')).json).toMatchObject({ modelApis: [], version: 2 })
    const stale = await onConsumers.patch('app', { version: 1, modelApiIds: [] })
    expect([stale.status, stale.json.current.version]).toEqual([409, 2])
  })

  test('get another key, and keep the old one for the grace alone', async () => {
    await start()
    const app = await made(onConsumers.post({ name: 'app', credentials: [apiKey] }))
    const [old] = app.credentials
    const next = await made(onConsumers.rotate('app', old.id, { graceSeconds: 900 }))
    expect(next).toMatchObject({
      key: expect.stringMatching(keyForm),
      location: old.location,
      expiresAt: null,
    })
    const kept = async (): Promise<ApiKeyCredential[]> => (await onConsumers.get('app')).json.credentials
    const running = (await kept()).find(({ id }) => id === old.id)
    expect(Date.parse(String(running?.expiresAt))).toBeGreaterThan(Date.parse(old.createdAt))

    const last = await made(onConsumers.rotate('app', next.id, { graceSeconds: 0 }))
    expect(new Set((await kept()).map(({ id }) => id))).toEqual(new Set([old.id, last.id]))
    expect((await onConsumers.end('app', last.id)).status).toBe(204)
    expect((await onConsumers.end('app', last.id)).status).toBe(404)
    expect((await onConsumers.rotate('app', last.id, {})).status).toBe(404)
    expect((await onConsumers.remove('app')).status).toBe(204)
    expect((await onConsumers.get('app')).status).toBe(404)
  })

  test('are read by viewers and changed by developers', async () => {
    await start()
    const app = await made(onConsumers.post({ name: 'app', credentials: [apiKey] }))
    const viewer = await tokenOf('viewer')
    const developer = await tokenOf('developer')
    expect((await call(consumer.GET, 'GET', { params: of('app'), token: viewer })).status).toBe(200)
    const add = (token: string) => call(credentials.POST, 'POST', { params: of('app'), body: apiKey, token })
    expect((await add(viewer)).status).toBe(403)
    expect((await add(developer)).status).toBe(201)
    const [{ id: credential }] = app.credentials
    const ended = { params: { ...of('app'), credential }, token: viewer }
    expect((await call(oneCredential.DELETE, 'DELETE', ended)).status).toBe(403)
  })

  test('reach the gateways whose APIs ask, and no others', async () => {
    await start()
    const context = consoleContext()
    const snapshot = async () => {
      const gateway = await context.database.gateway.findFirstOrThrow({ where: { type: 'shared' } })
      const rows = await loadRows(context, gateway.id)
      return rows && compileSnapshot(rows)
    }
    const app = await made(onConsumers.post({ name: 'app', credentials: [apiKey] }))
    expect((await snapshot())?.consumers).toEqual([])
    const api = await closedApi()
    const before = await snapshot()
    expect(before?.modelApis[0]?.authorization).toEqual({ consumerIds: [] })
    expect(before?.consumers).toMatchObject([{ name: 'app', apiKeys: [{ location: { in: 'standard' } }] }])

    expect((await onConsumers.patch('app', { version: 1, modelApiIds: [api.id] })).status).toBe(200)
    const granted = await snapshot()
    expect(granted?.revision).toBe(Number(before?.revision) + 1)
    expect(granted?.modelApis[0]?.authorization).toEqual({ consumerIds: [app.id] })

    const open_ = { version: api.version, plugins: { authorization: { enabled: false } } }
    expect((await onModelApis.patch(api.id, open_)).status).toBe(200)
    const opened = await snapshot()
    expect([opened?.modelApis[0]?.authorization, opened?.consumers]).toEqual([null, []])
  })
})
