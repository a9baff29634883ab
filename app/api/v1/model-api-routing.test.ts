import { expect, test } from 'vitest'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { type Answer, call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { translateSentence } from '@/lib/messages/sentences.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  made,
  onModelApis,
  onServices,
  params,
  refusals,
  startWithWorkspaces,
} from './testing/ai-gateway.ts'
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as gateways from './workspaces/[workspace]/gateways/route.ts'

const shared = { ...params, gateway: 'shared' }
const api = (routing: object, change: object = {}) => ({
  ...{ name: 'chat', gatewayId: 'shared' },
  routing,
  ...change,
})
const to = (serviceId: string, model: string | null = null) => ({ serviceId, model })

/** One of each mode, with the path of every target in it, from the ids of three services. */
function everyRouting(one: string, two: string, three: string) {
  return [
    { routing: { mode: 'single', target: to(one) }, paths: { 'routing.target.serviceId': one } },
    {
      routing: {
        mode: 'model-name',
        rules: [
          { pattern: 'qwen-*', target: to(one) },
          { pattern: '*', target: to(two, 'gpt') },
        ],
        default: to(three),
      },
      paths: {
        'routing.rules.0.target.serviceId': one,
        'routing.rules.1.target.serviceId': two,
        'routing.default.serviceId': three,
      },
    },
    {
      routing: {
        mode: 'weight',
        targets: [
          { ...to(one), weight: 70 },
          { ...to(two), weight: 30 },
          { ...to(three), weight: 0 },
        ],
      },
      paths: {
        'routing.targets.0.serviceId': one,
        'routing.targets.1.serviceId': two,
        'routing.targets.2.serviceId': three,
      },
    },
    {
      routing: {
        ...{ mode: 'metrics', objective: 'least-total-latency', maxShare: 0.5, window: 50 },
        targets: [to(one), to(two)],
      },
      paths: { 'routing.targets.0.serviceId': one, 'routing.targets.1.serviceId': two },
    },
    {
      routing: { mode: 'intent', intents: { code: to(one), math: to(two, 'm') }, default: to(three) },
      paths: {
        'routing.intents.code.serviceId': one,
        'routing.intents.math.serviceId': two,
        'routing.default.serviceId': three,
      },
    },
  ]
}

const fallbackTo = (...ids: string[]) => ({
  enabled: true,
  upstreamErrorsOnly: true,
  targets: ids.map((id) => to(id, 'spare')),
})

describeOnBothDatabases('how a Model API routes', (open) => {
  closeTestConsoles()
  const start = async () => startWithWorkspaces(await open())
  const makeServices = (...names: string[]) =>
    Promise.all(names.map(async (name) => (await made(onServices.post(aiService({}, name)))).id as string))
  const revision = async (): Promise<number> =>
    (await call(gateway.GET, 'GET', { params: shared })).json.revision
  const users = async (id: string) => (await onServices.get(id)).json.usedBy.length

  test('is kept in each mode as it was given, published, and left alone by other changes', async () => {
    await start()
    const [one = '', two = '', three = '', spare = ''] = await makeServices('one', 'two', 'three', 'spare')
    let { id, version } = await made(onModelApis.post(api({ mode: 'single', target: { serviceId: two } })))
    const fallback = fallbackTo(spare, one)
    expect((await onModelApis.get(id)).json.fallback).toEqual({
      ...{ enabled: false, upstreamErrorsOnly: false, targets: [] },
    })
    for (const { routing } of everyRouting(one, two, three)) {
      const changed = await onModelApis.patch(id, { version, routing, fallback })
      expect(changed.status, changed.text).toBe(200)
      expect(changed.json).toMatchObject({ routing, fallback })
      const other = await onModelApis.patch(id, {
        ...{ version: changed.json.version, firstPacketTimeoutMs: 1000 + changed.json.version },
      })
      expect(other.json).toMatchObject({ routing, fallback })
      version = other.json.version
      await expect
        .poll(async () => (await publishedSnapshot())?.modelApis, { timeout: 20_000 })
        .toMatchObject([
          {
            routing,
            fallback: { upstreamErrorsOnly: true, targets: fallback.targets },
            firstPacketTimeoutMs: 999 + version,
          },
        ])
    }
  })

  test('names services of its workspace and gateway alone, and each problem has its place', async () => {
    await start()
    const [mine = ''] = await makeServices('mine')
    const theirs = await made(onServices.post(aiService({}, 'theirs'), { workspace: 'other' }))
    await made(call(gateways.POST, 'POST', { params, body: { type: 'managed', name: 'edge' } }))
    const elsewhere = await made(onServices.post({ ...aiService({}, 'far'), gatewayId: 'edge' }))
    const stored = await made(onModelApis.post(api({ mode: 'single', target: { serviceId: mine } })))
    const { version } = stored
    const modes = everyRouting('svc_nobody', theirs.id, elsewhere.id)
    for (const { routing, paths } of modes) {
      const wanted = Object.fromEntries(
        Object.entries(paths).map(([path, id]) => [
          path,
          id === elsewhere.id ? 'service_elsewhere' : 'service_unknown',
        ]),
      )
      for (const refused of [
        await onModelApis.post(api(routing, { name: 'second', basePath: '/second' })),
        await onModelApis.patch(stored.id, { version, routing }),
      ]) {
        expect(refused.status, refused.text).toBe(422)
        expect(refusals(refused)).toEqual(wanted)
      }
    }
    const refused = await onModelApis.patch(stored.id, {
      version,
      // Off, and yet it may be turned on later.
      fallback: { enabled: false, targets: [to(mine), to(theirs.id), to(elsewhere.id), to('svc_nobody')] },
    })
    expect(refusals(refused)).toEqual({
      'fallback.targets.1.serviceId': 'service_unknown',
      'fallback.targets.2.serviceId': 'service_elsewhere',
      'fallback.targets.3.serviceId': 'service_unknown',
    })
    const said = refused.json.invalidFields.map(({ message }: { message: string }) => message)
    expect(said[0]).toBe(said[2])
    for (const message of said) expect(translateSentence(message, 'zh-CN')).toMatch(/[一-鿿]/)
    expect((await onModelApis.get(stored.id)).json).toEqual(stored)
  })

  test('keeps every service that it names, and no other', async () => {
    await start()
    const ids = await makeServices('one', 'two', 'three', 'four', 'five')
    const [one = '', two = '', three = '', four = '', five = ''] = ids
    let { id, version } = await made(onModelApis.post(api({ mode: 'single', target: { serviceId: five } })))
    for (const { routing, paths } of everyRouting(one, two, three)) {
      const fallback = { ...fallbackTo(four), enabled: version % 2 === 1 }
      const changed = await onModelApis.patch(id, { version, routing, fallback })
      expect(changed.status, changed.text).toBe(200)
      version = changed.json.version
      const named = new Set([...Object.values(paths), four])
      for (const service of ids) {
        if (!named.has(service)) {
          expect(await users(service)).toBe(0)
          continue
        }
        expect((await onServices.get(service)).json.usedBy).toEqual([{ kind: 'model-api', id, name: 'chat' }])
        expect(await onServices.remove(service)).toMatchObject({ status: 409, json: { code: 'in_use' } })
      }
    }
    expect((await onServices.remove(five)).status).toBe(204)
    const named = everyRouting(one, two, five)[1]?.routing
    expect(refusals(await onModelApis.patch(id, { version, routing: named }))).toEqual({
      'routing.default.serviceId': 'service_unknown',
    })
  })

  test('and a service that goes at the same moment: one of both is refused, in words', async () => {
    await start()
    const [one = '', two = ''] = await makeServices('one', 'two')
    const { id, version } = await made(onModelApis.post(api({ mode: 'single', target: { serviceId: one } })))
    const routing = { mode: 'metrics', targets: [to(one), to(two)] }
    const [changed, removed] = await Promise.all([
      onModelApis.patch(id, { version, routing }),
      onServices.remove(two),
    ])
    if (removed.status === 204) {
      expect(refusals(changed)).toEqual({ 'routing.targets.1.serviceId': 'service_unknown' })
    } else {
      expect(removed).toMatchObject({ status: 409, json: { code: 'in_use' } })
      expect(changed.status, changed.text).toBe(200)
    }
  })

  test('comes back with all of its services, and revisions tell what changed', async () => {
    await start()
    const [one = '', two = '', three = '', four = ''] = await makeServices('one', 'two', 'three', 'four')
    const [, byName, byWeight] = everyRouting(one, two, three).map(({ routing }) => routing)
    const fallback = fallbackTo(four)
    const stored = await made(onModelApis.post(api(byName ?? {}, { fallback })))
    const before = await revision()
    const change = { version: 1, routing: { mode: 'single', target: to(one) }, fallback: fallbackTo(one) }
    expect((await onModelApis.patch(stored.id, change)).status).toBe(200)
    const [newest] = (await call(revisions.GET, 'GET', { params: shared })).json.items
    expect(newest.changes).toEqual([
      {
        ...{ kind: 'model-api', id: stored.id, name: 'chat', operation: 'updated' },
        fields: expect.arrayContaining([
          { path: 'routing', before: byName, after: change.routing },
          { path: 'fallback', before: fallback, after: change.fallback },
        ]),
      },
    ])
    expect(newest.changes[0].fields).toHaveLength(2)
    for (const gone of [two, three, four]) expect((await onServices.remove(gone)).status).toBe(204)
    const bringBack = async (number: number): Promise<Answer> =>
      call(restore.POST, 'POST', {
        params: { ...shared, number: String(number) },
        body: { basedOn: await revision() },
      })
    const restored = await bringBack(before)
    expect(restored.status, restored.text).toBe(200)
    const back = (await onModelApis.get(stored.id)).json
    expect(back).toMatchObject({ routing: byName, fallback })
    for (const service of [one, two, three, four]) expect(await users(service)).toBe(1)
    expect((await onModelApis.patch(stored.id, { version: back.version, routing: byWeight })).status).toBe(
      200,
    )
    expect((await bringBack(before)).status).toBe(200)
    expect((await onModelApis.get(stored.id)).json.routing).toEqual(byName)
  })
})
