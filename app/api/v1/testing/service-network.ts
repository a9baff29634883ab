import { expect } from 'vitest'
import * as one from '@/app/api/v1/workspaces/[workspace]/inference-services/[id]/route.ts'
import * as services from '@/app/api/v1/workspaces/[workspace]/inference-services/route.ts'
import * as securityGroups from '@/app/api/v1/workspaces/[workspace]/security-groups/route.ts'
import * as vpcs from '@/app/api/v1/workspaces/[workspace]/vpcs/route.ts'
import * as vswitches from '@/app/api/v1/workspaces/[workspace]/vswitches/route.ts'
import * as workspaces from '@/app/api/v1/workspaces/route.ts'
import { consoleContext } from '@/lib/console/console-context.ts'
import { call, startTestConsole } from '@/lib/console/testing/test-console.ts'
import type { TestDatabase } from '@/lib/persistence/testing/test-database.ts'

export const workspace = 'acme'
export const params = { workspace }
export const of = (id: string) => ({ workspace, id })
export const instances = [{ url: 'http://10.0.0.5:8000' }]
export const nacos = { servers: ['http://10.0.0.9:8848'], username: 'nacos', password: 'nacos-secret' }

/** A console with two workspaces and the networks of both. */
export async function startWithNetworks(database: TestDatabase) {
  const console_ = await startTestConsole(database)
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

export const create = (change: object = {}) =>
  call(services.POST, 'POST', { params, body: { name: 'qwen_7b', instances, ...change } })
export const update = async (change: object) => {
  const { version } = (await call(one.GET, 'GET', { params: of('qwen_7b') })).json
  return call(one.PATCH, 'PATCH', { params: of('qwen_7b'), body: { version, ...change } })
}

/** A dedicated gateway as it is after a network was enabled, without its processes. */
export async function addGateway(
  name: string,
  type: 'alb' | 'managed',
  vpcId: string | null,
): Promise<string> {
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
