import { expect, test } from 'vitest'
import { listServicesOfGateway } from './inference-service-store.ts'
import { insertSampleGateway, insertSampleService, insertSampleWorkspace } from './testing/sample-rows.ts'
import { describeOnBothDatabases } from './testing/test-database.ts'
import { getUpstreams } from './upstream-store.ts'

const many = 1200
const numbers = Array.from({ length: many }, (_, index) => index)

describeOnBothDatabases('A gateway with more services than a small statement takes ids', (open) => {
  test('gives all of them for its snapshot, with what is theirs', { timeout: 60_000 }, async () => {
    const { database } = await open()
    await insertSampleWorkspace(database, 'alpha')
    await insertSampleGateway(database)
    const place = { workspaceId: 'ws_alpha', gatewayId: 'gw_shared' }
    await insertSampleService(database, { name: 'first', workspaceId: 'ws_alpha' })
    await database.inferenceService.createMany({
      data: numbers.map((number) => ({
        ...{ ...place, id: `eas_${number}`, name: `n${number}`, runtime: 'endpoint', runtimeConfig: {} },
        ...{ apiType: 'openai-chat', protocol: 'http', balancing: { strategy: 'round-robin' } },
        ...{ requestTimeoutMs: 60_000, labels: {}, createdByName: 'Ada' },
      })),
    })
    await database.service.createMany({
      data: numbers.map((number) => ({
        ...{ ...place, id: `svc_${number}`, name: `n${number}`, source: 'ai', config: {} },
        inferenceServiceId: `eas_${number}`,
      })),
    })
    await database.serviceKey.createMany({
      data: numbers.flatMap((number) =>
        [1, 0].map((position) => ({
          ...{ id: `key_${number}_${position}`, serviceId: `svc_${number}`, position },
          ...{ sealed: 's1:none', hint: '' },
        })),
      ),
    })
    const services = await listServicesOfGateway(database, 'gw_shared', new Date())
    expect(services).toHaveLength(many + 1)
    expect(services.find(({ name }) => name === 'first')).toMatchObject({
      instances: [{ id: 'ins_first' }],
      tokens: [{ id: 'key_first' }],
    })
    const upstreams = await getUpstreams(database, 'gw_shared', new Date())
    expect(upstreams.services).toHaveLength(many)
    expect(upstreams.followed).toHaveLength(many)
    expect(upstreams.services.map(({ id, keys }) => [id, keys.map((key) => key.id)])).toEqual(
      upstreams.services.map(({ id }) => {
        const number = id.slice('svc_'.length)
        return [id, [`key_${number}_0`, `key_${number}_1`]]
      }),
    )
  })
})
