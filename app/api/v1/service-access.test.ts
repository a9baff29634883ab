import { describe, expect, test } from 'vitest'
import { consoleContext } from '@/lib/console/console-context.ts'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { publishedSnapshot as snapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as endpoints from './workspaces/[workspace]/inference-services/[id]/endpoints/route.ts'
import * as one from './workspaces/[workspace]/inference-services/[id]/route.ts'
import * as move from './workspaces/[workspace]/inference-services/move/route.ts'
import * as services from './workspaces/[workspace]/inference-services/route.ts'
import * as securityGroups from './workspaces/[workspace]/security-groups/route.ts'
import * as vpcs from './workspaces/[workspace]/vpcs/route.ts'
import * as vswitches from './workspaces/[workspace]/vswitches/route.ts'
import * as workspaces from './workspaces/route.ts'

const workspace = 'acme'
const params = { workspace }
const of = (id: string) => ({ workspace, id })
const instances = [{ url: 'http://10.0.0.5:8000' }]
const nacos = { servers: ['http://10.0.0.9:8848'], username: 'nacos', password: 'nacos-secret' }

describeOnBothDatabases('the network of a service', (open) => {
  closeTestConsoles()

  async function start() {
    const console_ = await startTestConsole(await open())
    for (const name of [workspace, 'other']) {
      expect((await call(workspaces.POST, 'POST', { body: { name } })).status).toBe(201)
    }
    const made = async (handler: typeof vpcs.POST, body: object, where = workspace): Promise<string> => {
      const answer = await call(handler, 'POST', { params: { workspace: where }, body })
      expect(answer.status, answer.text).toBe(201)
      return answer.json.id
    }
    const core = await made(vpcs.POST, { name: 'vpc-core', cidrs: ['10.0.0.0/16'] })
    const edge = await made(vpcs.POST, { name: 'vpc-edge', cidrs: ['10.1.0.0/16'] })
    const foreign = await made(vpcs.POST, { name: 'vpc-foreign', cidrs: ['10.2.0.0/16'] }, 'other')
    const vswitch = (vpcId: string, name: string, cidr: string) =>
      made(vswitches.POST, { vpcId, name, zone: 'local-a', cidr })
    return {
      ...console_,
      core,
      edge,
      foreign,
      inCore: await vswitch(core, 'core-a', '10.0.1.0/24'),
      inEdge: await vswitch(edge, 'edge-a', '10.1.1.0/24'),
      group: await made(securityGroups.POST, { name: 'callers', rules: [] }),
    }
  }

  const create = (change: object = {}) =>
    call(services.POST, 'POST', { params, body: { name: 'qwen_7b', instances, ...change } })
  const update = async (change: object) => {
    const { version } = (await call(one.GET, 'GET', { params: of('qwen_7b') })).json
    return call(one.PATCH, 'PATCH', { params: of('qwen_7b'), body: { version, ...change } })
  }

  /** A dedicated gateway as it is after a network was enabled, without its processes. */
  async function addGateway(name: string, type: 'alb' | 'managed', vpcId: string | null): Promise<string> {
    const { database } = consoleContext()
    const workspaceId = (await database.workspace.findFirstOrThrow({ where: { name: workspace } })).id
    const id = `gw_${name}`
    const enabled = vpcId !== null
    const columns = { status: 'running', limits: {}, trustedProxies: [], vpcEnabled: enabled }
    await database.gateway.create({ data: { id, workspaceId, name, type, ...columns } })
    if (vpcId !== null) {
      await database.gatewayVpcLink.create({
        data: { id: `link_${name}`, gatewayId: id, vpcId, side: 'vpc', vswitchIds: [] },
      })
      for (const [index, door] of ['vpc', 'vpc-tls'].entries())
        await database.portAllocation.create({ data: { gatewayId: id, door, port: 8190 + index } })
    }
    return id
  }

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
      await update({ nacos: [{ ...entry(second.id), group: 'OTHER' }, entry(first.id)] })
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

  describe('bringing a revision back', () => {
    const at = (number: number) => ({ workspace, gateway: 'shared', number: String(number) })
    const revision = async () =>
      (await consoleContext().database.gateway.findUniqueOrThrow({ where: { id: sharedGatewayId } })).revision

    test('brings network, ports and sealed passwords back', async () => {
      const { core, group } = await start()
      await create({ vpcId: core, securityGroupId: group, vpcDirect: true, nlb: [{}], nacos: [nacos] })
      const before = await revision()
      await update({ vpcId: null, securityGroupId: null, vpcDirect: false, nlb: [], nacos: [] })
      const body = { basedOn: await revision() }
      expect((await call(restore.POST, 'POST', { params: at(before), body })).status).toBe(200)
      const direct = async () => (await snapshot())?.services[0]?.direct
      await expect.poll(async () => (await direct())?.nacos[0]?.password).toBe('nacos-secret')
      expect(await direct()).toMatchObject({ discovery: true, nlb: [{ port: 8100 }] })
    })

    test('takes a service back from the gateway that it moved to, which stops serving it', async () => {
      const { core } = await start()
      const gatewayId = await addGateway('edge-alb', 'alb', core)
      const { json } = await create({ vpcId: core })
      const before = await revision()
      await call(move.POST, 'POST', { params, body: { gatewayId, serviceIds: [json.id] } })
      const { database } = consoleContext()
      const other = async () =>
        (await database.gateway.findUniqueOrThrow({ where: { id: gatewayId } })).revision
      expect(await other()).toBe(1)
      const body = { basedOn: await revision() }
      expect((await call(restore.POST, 'POST', { params: at(before), body })).status).toBe(200)
      expect(await other()).toBe(2)
      expect((await call(one.GET, 'GET', { params: of(json.id) })).json.gateway.id).toBe(sharedGatewayId)
    })

    test('says which service cannot come back, and why', async () => {
      const { core, group } = await start()
      const access = { vpcId: core, securityGroupId: group }
      await create({ ...access, nlb: [{ port: 8150 }] })
      const before = await revision()
      await update({ nlb: [] })
      const gatewayId = await addGateway('edge-alb', 'alb', core)
      await create({ ...access, gatewayId, name: 'second', nlb: [{ port: 8150 }] })
      const body = { basedOn: await revision() }
      const answer = await call(restore.POST, 'POST', { params: at(before), body })
      expect(answer).toMatchObject({ status: 409, json: { code: 'conflict' } })
      expect(answer.json.detail).toMatch(/^qwen_7b cannot come back: Port 8150 belongs to/)
    })
  })

  describe('the endpoints', () => {
    type Method = { method: string; sides: Array<Record<string, unknown>> }
    async function ways(): Promise<Record<string, Method['sides']>> {
      const { json } = await call(endpoints.GET, 'GET', { params: of('qwen_7b') })
      return Object.fromEntries(json.methods.map(({ method, sides }: Method) => [method, sides]))
    }

    test('of the other ways have their addresses, and the VPC that reaches them', async () => {
      const { clock, core, group } = await start()
      const { json } = await create({
        ...{ vpcId: core, securityGroupId: group, vpcDirect: true },
        nlb: [{ side: 'internet' }, { port: 8150, side: 'vpc' }],
        nacos: [{ ...nacos, servers: ['http://a:8848', 'http://b:8848'], serviceName: 'chat' }],
      })
      await reportNode(clock.now())
      expect((await ways())['nacos']).toMatchObject([
        { available: false, unavailableReason: 'no-ready-instance' },
      ])
      const health = { instanceId: json.instances[0].id, state: 'ready', reason: null } as const
      const seen = { since: clock.now(), until: null, checkedAt: clock.now() }
      await reportNode(clock.now(), { instances: { isWhole: true, items: [{ ...health, ...seen }] } })
      const offered = await ways()
      const discovery = 'http://localhost:8081/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/qwen_7b'
      expect(offered['vpc-direct']).toMatchObject([
        { side: 'vpc', available: true, endpoint: discovery, vpcs: [{ id: core, name: 'vpc-core' }] },
      ])
      expect(offered['nlb']).toMatchObject([
        { side: 'internet', available: true, addresses: ['localhost:8100'] },
        { side: 'vpc', available: true, addresses: ['localhost:8150'] },
      ])
      expect(offered['nacos']).toMatchObject([
        { addresses: ['DEFAULT_GROUP@@chat at http://a:8848', 'DEFAULT_GROUP@@chat at http://b:8848'] },
      ])
    })

    test('of a dedicated gateway are its own, each side that is off saying so', async () => {
      const { clock, core } = await start()
      const gatewayId = await addGateway('edge-alb', 'alb', core)
      await create({ gatewayId, vpcId: core })
      await reportNode(clock.now(), { nodeId: 'node_edge', gatewayId })
      const { 'shared-gateway': shared, 'dedicated-gateway': dedicated, 'vpc-direct': direct } = await ways()
      expect(shared).toMatchObject([{ unavailableReason: 'not-bound' }, { unavailableReason: 'not-bound' }])
      expect(dedicated).toMatchObject([
        { side: 'internet', available: false, unavailableReason: 'gateway-off' },
        {
          side: 'vpc',
          available: true,
          endpoint: 'http://localhost:8190/api/predict/qwen_7b',
          hostEndpoint: 'http://qwen-7b.localhost:8190',
          vpcs: [{ name: 'vpc-core' }],
        },
      ])
      expect(direct).toMatchObject([{ unavailableReason: 'not-enabled' }])
    })
  })
})
