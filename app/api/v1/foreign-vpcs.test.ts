import { expect, test } from 'vitest'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as settings from './settings/route.ts'
import { deploymentOf, makeGateway, makeVpc, snapshotOf } from './testing/dedicated-gateway.ts'
import * as domains from './workspaces/[workspace]/domains/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as link from './workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/route.ts'
import * as whitelist from './workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/whitelist/route.ts'
import * as links from './workspaces/[workspace]/gateways/[gateway]/vpcs/route.ts'
import * as workspace from './workspaces/[workspace]/route.ts'
import * as consent from './workspaces/[workspace]/vpc-consents/[id]/route.ts'
import * as vpc from './workspaces/[workspace]/vpcs/[id]/route.ts'
import * as vpcs from './workspaces/[workspace]/vpcs/route.ts'
import * as vswitch from './workspaces/[workspace]/vswitches/[id]/route.ts'
import * as vswitches from './workspaces/[workspace]/vswitches/route.ts'
import * as workspaces from './workspaces/route.ts'

const mine = { workspace: 'acme', gateway: 'edge' }
const theirs = { workspace: 'theirs' }

describeOnBothDatabases('a VPC of another workspace', (open) => {
  closeTestConsoles()

  /** `edge` of acme has asked for `vpc-secret` of theirs. */
  async function start() {
    await startTestConsole(await open())
    for (const name of ['acme', 'theirs']) await call(workspaces.POST, 'POST', { body: { name } })
    await call(settings.PATCH, 'PATCH', { body: { crossWorkspaceVpc: true, version: 1 } })
    const gatewayId = String((await makeGateway({ type: 'managed', name: 'edge' })).id)
    const made = await makeVpc('vpc-secret', 3, ['local-a'], 'theirs')
    const asked = await call(links.POST, 'POST', { params: mine, body: made })
    expect(asked.status, asked.text).toBe(201)
    const id = String(asked.json.id)
    const answer = (value: 'granted' | 'declined', version: number) =>
      call(consent.PUT, 'PUT', { params: { ...theirs, id }, body: { consent: value, version } })
    return { ...made, id, gatewayId, answer }
  }

  const history = async () => (await call(revisions.GET, 'GET', { params: mine })).text

  test('tells those who only ask neither its name nor its blocks', async () => {
    const { vpcId, vswitchIds, id, answer } = await start()
    const widened = { cidrs: ['10.3.0.0/16', '10.77.0.0/16'], version: 1 }
    await call(vpc.PATCH, 'PATCH', { params: { ...theirs, id: vpcId }, body: widened })
    const second = { vpcId, name: 'sw-secret', zone: 'local-a', cidr: '10.77.0.0/24' }
    const other = await call(vswitches.POST, 'POST', { params: theirs, body: second })
    const both = { vswitchIds: [...vswitchIds, String(other.json.id)], version: 1 }
    const answers = [
      await call(links.POST, 'POST', { params: mine, body: { vpcId, vswitchIds } }),
      await call(link.PATCH, 'PATCH', { params: { ...mine, link: id }, body: both }),
      await answer('declined', 1),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 200])
    const shown = [...answers.slice(0, 2).map(({ text }) => text), await history()]
    for (const text of shown) expect(text).not.toMatch(/secret|sw-0|10\.3\.|10\.77\./)
  })

  test('lets none of its addresses in before it agrees, and says so', async () => {
    const { id } = await start()
    const wide = { cidrs: ['203.0.113.0/24'], name: 'vpc-public' }
    const made = await call(vpcs.POST, 'POST', { params: theirs, body: wide })
    const zone = { vpcId: made.json.id, name: 'sw', zone: 'local-a', cidr: '203.0.113.0/25' }
    const sw = await call(vswitches.POST, 'POST', { params: theirs, body: zone })
    const body = { vpcId: made.json.id, vswitchIds: [sw.json.id] }
    const asked = await call(links.POST, 'POST', { params: mine, body })
    const at = { ...mine, link: String(asked.json.id) }
    expect((await call(whitelist.GET, 'GET', { params: at })).json).toMatchObject({
      callerAddress: '203.0.113.7',
      callerAllowed: false,
    })
    const granted = { consent: 'granted', version: 1 }
    await call(consent.PUT, 'PUT', { params: { ...theirs, id: at.link }, body: granted })
    expect((await call(whitelist.GET, 'GET', { params: at })).json.callerAllowed).toBe(true)
    expect(id).not.toBe(at.link)
  })

  test('stays its workspace’s to delete while it has not agreed, or no longer does', async () => {
    const { vpcId, vswitchIds, answer, gatewayId } = await start()
    await answer('granted', 1)
    const name = { gatewayId, name: 'api.example.com', side: 'private', protocol: 'http', vpcId }
    const domain = await call(domains.POST, 'POST', { params: { workspace: 'acme' }, body: name })
    expect(domain.status, domain.text).toBe(201)
    const get = () => call(vpc.GET, 'GET', { params: { ...theirs, id: vpcId } })
    expect((await get()).json.usedBy.map(({ kind }: { kind: string }) => kind)).toEqual([
      'gateway',
      'vswitch',
    ])
    const remove = () => call(vpc.DELETE, 'DELETE', { params: { ...theirs, id: vpcId } })
    const removeSwitch = () =>
      call(vswitch.DELETE, 'DELETE', { params: { ...theirs, id: String(vswitchIds[0]) } })
    expect([(await removeSwitch()).status, (await remove()).status]).toEqual([409, 409])
    await answer('declined', 2)
    expect([(await removeSwitch()).status, (await remove()).status]).toEqual([204, 204])
    expect((await call(gateway.GET, 'GET', { params: mine })).json.vpc).toMatchObject({
      enabled: false,
      vpcs: 0,
    })
    await expect.poll(async () => (await snapshotOf(gatewayId))?.hosts.vpc).toEqual([])
    await expect.poll(async () => (await deploymentOf(gatewayId))?.doors).toEqual([])
  })

  test('keeps its workspace while it lets gateways in, and goes with it', async () => {
    const { vpcId, answer, gatewayId } = await start()
    await answer('granted', 1)
    await expect.poll(async () => (await snapshotOf(gatewayId))?.access.vpc).toEqual(['10.3.0.0/16'])
    const remove = () => call(workspace.DELETE, 'DELETE', { params: theirs, query: { confirm: 'theirs' } })
    expect(await remove()).toMatchObject({
      status: 409,
      json: {
        code: 'in_use',
        detail: 'Gateways of other workspaces use its VPC vpc-secret. Take back the consent first.',
      },
    })
    await answer('declined', 2)
    expect((await remove()).status).toBe(204)
    await expect.poll(async () => (await call(links.GET, 'GET', { params: mine })).json.items).toEqual([])
    await call(workspaces.POST, 'POST', { body: { name: 'theirs' } })
    expect((await call(vpcs.GET, 'GET', { params: theirs })).json.items).toEqual([])
    expect(vpcId).toBeDefined()
  })
})
