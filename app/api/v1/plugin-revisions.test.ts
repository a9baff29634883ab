import { expect, test } from 'vitest'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { type Answer, call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  aiService,
  made,
  of,
  onModelApis,
  onServices,
  params,
  startWithWorkspaces,
} from './testing/ai-gateway.ts'
import * as rotate from './workspaces/[workspace]/consumers/[id]/credentials/[credential]/rotate/route.ts'
import * as consumer from './workspaces/[workspace]/consumers/[id]/route.ts'
import * as consumers from './workspaces/[workspace]/consumers/route.ts'
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as workspace from './workspaces/[workspace]/route.ts'

const shared = { ...params, gateway: 'shared' }
const soon = { timeout: 10_000 }
const revision = async (): Promise<number> =>
  (await call(gateway.GET, 'GET', { params: shared })).json.revision
const bringBack = async (number: number): Promise<Answer> =>
  call(restore.POST, 'POST', {
    params: { ...shared, number: String(number) },
    body: { basedOn: await revision() },
  })
const hmac = { type: 'hmac', keyId: 'team-a' }

describeOnBothDatabases('revisions with plugins and credentials', (open) => {
  closeTestConsoles()

  /** An API with every plugin, whose judge and classifier are services of their own. */
  const start = async () => {
    const { database } = await startWithWorkspaces(await open())
    const service = async (name: string) => (await made(onServices.post(aiService({}, name)))).id as string
    const [one, judge, teller] = [await service('one'), await service('judge'), await service('teller')]
    const target = { serviceId: one, model: null }
    const api = await made(
      onModelApis.post({
        ...{ name: 'chat', gatewayId: 'shared' },
        routing: {
          ...{ mode: 'intent', labels: [{ name: 'poems', description: 'Poems.' }], default: target },
          ...{ classifier: { type: 'model', serviceId: teller, model: 'm' }, intents: { poems: target } },
        },
        plugins: {
          authorization: { enabled: true },
          moderation: { enabled: true, endpoint: { serviceId: judge } },
          rateLimits: { enabled: true, rules: [{ by: 'consumer', amount: 5 }] },
          quotas: { enabled: true, rules: [{ by: 'api', amount: 100, unit: 'tokens' }] },
        },
      }),
    )
    const caller = await made(
      call(consumers.POST, 'POST', {
        params,
        body: { name: 'app', modelApiIds: [api.id], credentials: [hmac] },
      }),
    )
    return { database, api, judge, teller, caller }
  }

  test('bring plugins and what they ask back, and no grant, key or consumer of before', async () => {
    const { api, judge, teller, caller } = await start()
    const before = await revision()
    const secretOf = async () =>
      (await publishedSnapshot())?.consumers[0]?.hmacKeys.map(({ secret }) => secret)
    const credential = caller.credentials[0]
    await expect.poll(secretOf, soon).toEqual([credential.secret])
    const where = { params: { ...of(caller.id), credential: credential.id } }
    const rotated = await call(rotate.POST, 'POST', { ...where, body: { graceSeconds: 0 } })
    expect(rotated.status, rotated.text).toBe(201)
    expect((await onModelApis.remove(api.id)).status).toBe(204)
    for (const id of [judge, teller]) expect((await onServices.remove(id)).status).toBe(204)

    const restored = await bringBack(before)
    expect(restored.status, restored.text).toBe(200)
    const { json } = await onModelApis.get(api.id)
    expect(json).toMatchObject({ plugins: api.plugins, routing: api.routing })
    await expect.poll(secretOf, soon).toEqual([rotated.json.secret])
    expect((await publishedSnapshot())?.modelApis[0]).toMatchObject({
      authorization: { consumerIds: [] },
      moderation: { endpoint: { serviceId: judge } },
      limits: [{ kind: 'rate' }, { kind: 'quota' }],
    })
    for (const id of [judge, teller]) expect((await onServices.remove(id)).status).toBe(409)
    expect((await call(consumer.GET, 'GET', { params: of('app') })).json.modelApis).toEqual([])
  })

  test('leave nothing of a workspace whose consumers had credentials and whose API was called', async () => {
    const { database, api, judge, teller } = await start()
    await database.requestRecord.create({
      data: {
        ...{ id: 'rec_1', workspaceId: (await call(workspace.GET, 'GET', { params })).json.id },
        ...{
          modelApiId: api.id,
          gatewayId: 'gw_shared',
          nodeId: 'node_1',
          at: new Date(),
          requestId: 'req_1',
        },
        ...{ side: 'internet', method: 'POST', path: '/', status: 200, isStream: false, attempts: [] },
        ...{
          dropped: [],
          bytesIn: 1n,
          bytesOut: 2n,
          durationMs: 1,
          recordsRequest: true,
          recordsResponse: false,
        },
        content: {
          create: { workspaceId: 'ws', requestSealed: 's1:x', requestBytes: 1, responseBytes: 0 },
        },
      },
    })
    const removed = () => call(workspace.DELETE, 'DELETE', { params, query: { confirm: 'acme' } })
    expect((await removed()).status).toBe(409)
    expect((await onModelApis.remove(api.id)).status).toBe(204)
    for (const id of [judge, teller, 'one']) expect((await onServices.remove(id)).status).toBe(204)
    const last = await removed()
    expect(last.status, last.text).toBe(204)
    expect(await database.consumer.count()).toBe(0)
    expect(await database.consumerCredential.count()).toBe(0)
    expect(await database.requestRecord.count()).toBe(0)
    expect(await database.requestContent.count()).toBe(0)
  })
})
