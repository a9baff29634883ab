import { describe, expect, test } from 'vitest'
import { consoleContext } from '@/lib/console/console-context.ts'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { publishedSnapshot as snapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  addGateway,
  create,
  nacos,
  of,
  params,
  startWithNetworks,
  update,
  workspace,
} from './testing/service-network.ts'
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as endpoints from './workspaces/[workspace]/inference-services/[id]/endpoints/route.ts'
import * as one from './workspaces/[workspace]/inference-services/[id]/route.ts'
import * as move from './workspaces/[workspace]/inference-services/move/route.ts'

describeOnBothDatabases('a service with a network', (open) => {
  closeTestConsoles()
  const start = async () => startWithNetworks(await open())

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
