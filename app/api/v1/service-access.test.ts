import { describe, expect, test } from 'vitest'
import { publishedSnapshot as snapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  addGateway,
  create,
  instances,
  nacos,
  of,
  params,
  startWithNetworks,
  update,
  workspace,
} from './testing/service-network.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as one from './workspaces/[workspace]/inference-services/[id]/route.ts'
import * as move from './workspaces/[workspace]/inference-services/move/route.ts'

describeOnBothDatabases('the network of a service', (open) => {
  closeTestConsoles()
  const start = async () => startWithNetworks(await open())

  test('is kept, shown, in the snapshot, and left alone by updates of something else', async () => {
    const { core, inCore, group } = await start()
    const access = { vpcId: core, vswitchId: inCore, securityGroupId: group, vpcDirect: true }
    const created = await create({ ...access, nlb: [{ side: 'vpc' }], nacos: [nacos] })
    expect(created).toMatchObject({
      status: 201,
      json: {
        ...access,
        nlb: [{ port: 8100, side: 'vpc' }],
        nacos: [{ servers: nacos.servers, username: 'nacos', hasPassword: true, group: 'DEFAULT_GROUP' }],
      },
    })
    const updated = await update({ description: 'new' })
    expect(updated.json).toMatchObject({ ...access, nlb: [{ port: 8100 }] })
    await expect
      .poll(async () => (await snapshot())?.services[0]?.direct)
      .toMatchObject({
        discovery: true,
        nlb: [{ port: 8100, side: 'vpc' }],
        nacos: [{ serviceName: 'qwen_7b', username: 'nacos', password: 'nacos-secret' }],
      })
  })

  test('refuses objects of other workspaces and of other VPCs, each at its field', async () => {
    const { core, edge, foreign, inCore, inEdge, group } = await start()
    const refused = async (change: object) => {
      const answer = await create(change)
      expect(answer.status).toBe(422)
      return answer.json.invalidFields.map((field: { path: string; code: string }) => [
        field.path,
        field.code,
      ])
    }
    expect(await refused({ vpcId: foreign })).toEqual([['vpcId', 'not_found']])
    expect(await refused({ vpcId: core, vswitchId: inEdge })).toEqual([['vswitchId', 'vswitch_of_other_vpc']])
    expect(await refused({ vswitchId: inCore })).toEqual([['vswitchId', 'vpc_first']])
    expect(await refused({ securityGroupId: 'sg_none' })).toEqual([['securityGroupId', 'not_found']])
    expect(await refused({ nacos: [nacos] })).toEqual([['vpcId', 'vpc_required']])
    expect(await refused({ vpcId: core, vpcDirect: true })).toEqual([
      ['securityGroupId', 'security_group_required'],
    ])
    expect(await refused({ nlb: [{}], securityGroupId: group })).toEqual([['vpcId', 'vpc_required']])
    expect((await create({ vpcId: core, vswitchId: inCore })).status).toBe(201)
    const moved = await update({ vpcId: edge })
    expect(moved).toMatchObject({ status: 422, json: { invalidFields: [{ path: 'vswitchId' }] } })
    expect((await update({ vpcId: edge, vswitchId: inEdge })).status).toBe(200)
  })

  test('takes a VPC by its name', async () => {
    const { core } = await start()
    expect((await create({ vpcId: 'vpc-core' })).json.vpcId).toBe(core)
  })

  describe('Nacos passwords', () => {
    test('stay by id, change when given, and go when null', async () => {
      const { core } = await start()
      const created = await create({ vpcId: core, nacos: [nacos, { ...nacos, servers: ['http://b:8848'] }] })
      const [first, second] = created.json.nacos
      const password = async (index: number) => (await snapshot())?.services[0]?.direct.nacos[index]?.password
      const entry = (id: string) => ({ id, servers: nacos.servers, username: 'nacos' })
      const moved = { ...entry(second.id), servers: ['http://b:8848'], group: 'OTHER' }
      await update({ nacos: [moved, entry(first.id)] })
      await expect.poll(() => password(0)).toBe('nacos-secret')
      await update({
        nacos: [
          { ...entry(second.id), password: 'changed' },
          { ...entry(first.id), password: null },
        ],
      })
      await expect.poll(() => password(0)).toBe('changed')
      expect(await password(1)).toBeNull()
      const strangers = await update({ nacos: [entry('nac_of_nobody')] })
      expect(strangers.json.nacos).toMatchObject([{ hasPassword: false }])
      expect(strangers.json.nacos[0].id).not.toBe('nac_of_nobody')
    })

    test('are written again for a server that did not have them', async () => {
      const { core } = await start()
      const { json } = await create({ vpcId: core, nacos: [nacos] })
      const [{ id, servers }] = json.nacos
      const wider = { id, servers: [...servers, 'http://elsewhere:8848'], username: 'nacos' }
      const refused = await update({ nacos: [wider] })
      expect(refused).toMatchObject({
        status: 422,
        json: { invalidFields: [{ path: 'nacos.0.password', code: 'password_again' }] },
      })
      expect((await update({ nacos: [{ ...wider, password: 'nacos-secret' }] })).status).toBe(200)
      expect((await update({ nacos: [{ id, servers, username: 'nacos' }] })).json.nacos).toMatchObject([
        { servers, hasPassword: true },
      ])
    })

    test('stand in no answer, revision, activity or log', async () => {
      const { core, logged } = await start()
      const { json } = await create({ vpcId: core, nacos: [nacos] })
      await update({ nacos: [{ ...nacos, id: json.nacos[0].id, password: 'nacos-secret-2' }] })
      const texts = [
        await call(one.GET, 'GET', { params: of('qwen_7b') }),
        await call(activity.GET, 'GET', { params }),
        await call(revisions.GET, 'GET', { params: { workspace, gateway: 'shared' } }),
      ].map((answer) => answer.text)
      for (const text of [...texts, ...logged]) {
        expect(text).not.toContain('nacos-secret')
        expect(text).not.toContain('passwordSealed')
      }
      expect(texts[2]).toContain('"password":"replaced"')
    })
  })

  describe('NLB ports', () => {
    test('stay with their listener, and are free again when it goes', async () => {
      const { core, group } = await start()
      const access = { vpcId: core, securityGroupId: group }
      await create({ ...access, nlb: [{ side: 'vpc' }, { port: 8150, side: 'internet' }] })
      const kept = await update({ nlb: [{ side: 'internet' }, { side: 'vpc' }] })
      expect(kept.json.nlb).toEqual([
        { port: 8150, side: 'internet' },
        { port: 8100, side: 'vpc' },
      ])
      const taken = await create({ ...access, name: 'second', nlb: [{ port: 8150 }] })
      expect(taken).toMatchObject({ status: 422, json: { invalidFields: [{ path: 'nlb.0.port' }] } })
      await call(one.DELETE, 'DELETE', { params: of('qwen_7b'), query: { confirm: 'qwen_7b' } })
      expect((await create({ ...access, name: 'second', nlb: [{ port: 8150 }] })).status).toBe(201)
    })
  })

  describe('a dedicated gateway', () => {
    test('takes services of its VPC with a replica, by deploy and by update', async () => {
      const { core, edge } = await start()
      const gatewayId = await addGateway('edge-alb', 'alb', core)
      const bare = await addGateway('bare-alb', 'alb', null)
      const fields = async (answer: Promise<{ json: { invalidFields: { code: string; path: string }[] } }>) =>
        (await answer).json.invalidFields.map(({ path, code }) => `${path} ${code}`)
      expect(await fields(create({ gatewayId, vpcId: edge }))).toEqual(['vpcId vpc_differs'])
      expect(await fields(create({ gatewayId: bare, vpcId: core }))).toEqual([
        'gatewayId gateway_without_network',
      ])
      expect(await fields(create({ gatewayId, vpcId: core, instances: [] }))).toEqual([
        'instances no_replica',
      ])
      expect(await fields(create({ gatewayId }))).toEqual(['vpcId vpc_differs'])
      expect((await create({ gatewayId, vpcId: core })).status).toBe(201)
      expect(await fields(update({ vpcId: null }))).toEqual(['vpcId vpc_differs'])
      expect(await fields(update({ instances: [{ ...instances[0], weight: 0 }] }))).toEqual([
        'instances no_replica',
      ])
      expect((await update({ gatewayId: 'shared', vpcId: null, instances: [] })).status).toBe(200)
    })

    test('a move checks each service, then moves those that can, ports and all', async () => {
      const { core, group } = await start()
      const gatewayId = await addGateway('edge-alb', 'alb', core)
      const access = { vpcId: core, securityGroupId: group, nlb: [{ side: 'vpc' }] }
      const { json: able } = await create(access)
      const { json: elsewhere } = await create({ name: 'elsewhere' })
      const body = { gatewayId, serviceIds: [able.id, elsewhere.id, 'eas_none', able.id] }
      const checked = await call(move.POST, 'POST', { params, body: { ...body, dryRun: true } })
      expect(checked.json.items).toMatchObject([
        { name: 'qwen_7b', outcome: 'movable', complaints: [] },
        { name: 'elsewhere', outcome: 'refused', complaints: [{ code: 'vpc_differs' }] },
        { id: 'eas_none', outcome: 'refused', complaints: [{ code: 'not_found' }] },
      ])
      expect((await call(one.GET, 'GET', { params: of('qwen_7b') })).json.gateway.id).toBe(sharedGatewayId)
      const moved = await call(move.POST, 'POST', { params, body })
      expect(moved.json.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
        'moved',
        'refused',
        'refused',
      ])
      const after = (await call(one.GET, 'GET', { params: of('qwen_7b') })).json
      expect(after).toMatchObject({ gateway: { id: gatewayId }, nlb: able.nlb })
      await expect
        .poll(async () => (await snapshot())?.services.map(({ name }) => name))
        .toEqual(['elsewhere'])
      const again = await call(move.POST, 'POST', { params, body: { ...body, serviceIds: [able.id] } })
      expect(again.json.items).toMatchObject([{ outcome: 'unchanged' }])
    })
  })
})
