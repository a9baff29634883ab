import { expect, test } from 'vitest'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as internet from './workspaces/[workspace]/gateways/[gateway]/internet/route.ts'
import * as internetWhitelist from './workspaces/[workspace]/gateways/[gateway]/internet/whitelist/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as link from './workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/route.ts'
import * as linkWhitelist from './workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/whitelist/route.ts'
import * as links from './workspaces/[workspace]/gateways/[gateway]/vpcs/route.ts'
import * as gateways from './workspaces/[workspace]/gateways/route.ts'
import * as vpcs from './workspaces/[workspace]/vpcs/route.ts'
import * as vswitches from './workspaces/[workspace]/vswitches/route.ts'
import * as workspaces from './workspaces/route.ts'

const workspace = 'acme'

async function make(body: object) {
  const answer = await call(gateways.POST, 'POST', { params: { workspace }, body })
  expect(answer.status, answer.text).toBe(201)
  return answer.json
}

async function makeVpc(name: string, cidr: string, zones: readonly string[], ws = workspace) {
  const params = { workspace: ws }
  const vpc = (await call(vpcs.POST, 'POST', { params, body: { name, cidrs: [cidr] } })).json
  const vswitchIds: string[] = []
  for (const [index, zone] of zones.entries()) {
    const body = { vpcId: vpc.id, name: `sw-${index}`, zone, cidr: cidr.replace('.0.0/16', `.${index}.0/24`) }
    const answer = await call(vswitches.POST, 'POST', { params, body })
    expect(answer.status, answer.text).toBe(201)
    vswitchIds.push(answer.json.id)
  }
  return { id: String(vpc.id), vswitchIds }
}

const snapshotOf = async (id: string) => (await controlPlane()?.publisher.current(id))?.snapshot
const planOf = async (id: string) =>
  (await controlPlane()?.deployments.current())?.gateways.find(({ gatewayId }) => gatewayId === id)

describeOnBothDatabases('a dedicated gateway', (open) => {
  closeTestConsoles()

  async function start(environment?: Record<string, string>) {
    const console_ = await startTestConsole(await open(), environment)
    await call(workspaces.POST, 'POST', { body: { name: workspace } })
    return console_
  }

  test('of type ALB is a logical configuration until a network is on', async () => {
    await start()
    const { id, status, internet: off, vpc } = await make({ type: 'alb', name: 'core' })
    expect(status).toMatchObject({
      state: 'stopped',
      cause: expect.stringMatching(/^Logical configuration only\./),
    })
    expect([off.enabled, off.address, vpc.enabled, vpc.address]).toEqual([false, null, false, null])
    expect(await planOf(id)).toBeUndefined()
    const stand = await makeVpc('vpc-core', '10.0.0.0/16', ['local-a', 'local-b'])
    const params = { workspace, gateway: 'core' }
    const on = await call(internet.PUT, 'PUT', {
      params,
      body: { enabled: true, vpcId: stand.id, vswitchIds: stand.vswitchIds },
    })
    expect(on.json).toMatchObject({
      status: { state: 'creating' },
      internet: { enabled: true, address: 'http://localhost:8100', vpcId: stand.id, whitelistBlocks: 2 },
      network: { id: stand.id, name: 'vpc-core' },
      operation: { kind: 'enable-network', steps: [{ step: 'check-vpc', state: 'done' }, { state: 'current' }, {}, {}] },
    })
    await expect.poll(async () => (await planOf(id))?.doors).toEqual([
      { door: 'internet', port: 8100 },
      { door: 'internet-tls', port: 8101 },
    ])
    await expect.poll(async () => (await snapshotOf(id))?.access.internet).toEqual(['0.0.0.0/0', '::/0'])
    const other = await makeVpc('vpc-other', '10.1.0.0/16', ['local-a'])
    const refused = await call(links.POST, 'POST', {
      params,
      body: { vpcId: other.id, vswitchIds: other.vswitchIds },
    })
    expect(refused.status).toBe(422)
    expect(refused.json.detail).toBe('Internet access already uses vpc-core. Both must use the same VPC.')
    expect(
      (await call(links.POST, 'POST', { params, body: { vpcId: stand.id, vswitchIds: stand.vswitchIds } })).status,
    ).toBe(201)
    const off2 = await call(internet.PUT, 'PUT', { params, body: { enabled: false } })
    expect(off2.json.internet).toMatchObject({ enabled: false, address: null, vpcId: null, whitelistBlocks: 2 })
  })
})
