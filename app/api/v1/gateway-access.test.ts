import { expect, test } from 'vitest'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { controlPlane } from '@/lib/control-plane/control-plane.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as settings from './settings/route.ts'
import { deploymentOf, makeGateway, makeVpc, snapshotOf } from './testing/dedicated-gateway.ts'
import * as internet from './workspaces/[workspace]/gateways/[gateway]/internet/route.ts'
import * as internetWhitelist from './workspaces/[workspace]/gateways/[gateway]/internet/whitelist/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as link from './workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/route.ts'
import * as vpcWhitelist from './workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/whitelist/route.ts'
import * as links from './workspaces/[workspace]/gateways/[gateway]/vpcs/route.ts'
import * as services from './workspaces/[workspace]/inference-services/route.ts'
import * as workspaces from './workspaces/route.ts'

const params = { workspace: 'acme', gateway: 'edge' }

describeOnBothDatabases('access control of a gateway', (open) => {
  closeTestConsoles()

  async function start(type: 'managed' | 'alb' = 'managed') {
    const console_ = await startTestConsole(await open())
    await call(workspaces.POST, 'POST', { body: { name: 'acme' } })
    const { id } = await makeGateway({ type, name: 'edge' })
    return { ...console_, id: String(id) }
  }

  const switchInternet = (body: object) => call(internet.PUT, 'PUT', { params, body })
  const putWhitelist = (cidrs: readonly string[], headers = {}) =>
    call(internetWhitelist.PUT, 'PUT', { params, body: cidrs.map((cidr) => ({ cidr })), headers })
  const getWhitelist = async () => (await call(internetWhitelist.GET, 'GET', { params })).json
  const addVpc = (body: object) => call(links.POST, 'POST', { params, body })

  test('lets nobody in from the Internet until a block is listed, and says where the caller is', async () => {
    const { id } = await start()
    await switchInternet({ enabled: true })
    expect(await getWhitelist()).toMatchObject({
      items: [],
      max: 15,
      callerAddress: '203.0.113.7',
      callerAllowed: false,
    })
    const saved = await putWhitelist(['203.0.113.0/24', '2001:db8::/32'])
    expect(saved.json).toMatchObject({
      items: [{ cidr: '203.0.113.0/24', createdBy: expect.any(String) }, { cidr: '2001:db8::/32' }],
      callerAllowed: true,
    })
    await expect
      .poll(async () => (await snapshotOf(id))?.access.internet)
      .toEqual(['203.0.113.0/24', '2001:db8::/32'])
    const [entry] = saved.json.items
    const kept = await call(internetWhitelist.PUT, 'PUT', {
      params,
      body: [{ cidr: '203.0.113.0/24', note: 'Office' }],
    })
    expect(kept.json.items).toEqual([{ ...entry, note: 'Office' }])
    expect((await putWhitelist([])).json).toMatchObject({ items: [], callerAllowed: false })
    await switchInternet({ enabled: false })
    await expect.poll(async () => (await snapshotOf(id))?.hosts.internet).toEqual([])
  })

  test('refuses blocks that are wrong, at their index, with the block that was meant', async () => {
    await start()
    const first = async (cidrs: readonly string[]) => {
      const { status, json } = await putWhitelist(cidrs)
      expect(status).toBe(422)
      return json.invalidFields[0]
    }
    expect(await first(['10.0.0.0/8', '192.0.2.9/24'])).toMatchObject({
      path: '1.cidr',
      message: 'This has host bits set; write 192.0.2.0/24.',
    })
    expect(await first(['192.0.2.9'])).toMatchObject({ message: 'This is one address; write 192.0.2.9/32.' })
    expect(await first(['10.0.0.0/8', '10.1.0.0/16'])).toMatchObject({
      path: '1.cidr',
      message: '10.1.0.0/16 is already inside 10.0.0.0/8.',
    })
    expect(await first(['10.0.0.0/8', '10.0.0.0/8'])).toMatchObject({ path: '1.cidr' })
    expect(await first(['office'])).toMatchObject({ path: '0.cidr' })
    const sixteen = Array.from({ length: 16 }, (_, index) => `192.0.2.${index}/32`)
    expect(await first(sixteen)).toMatchObject({
      path: '15.cidr',
      message: 'At most 15 address blocks; these are 16. Remove some, or write wider ones.',
    })
    expect((await putWhitelist(sixteen.slice(1))).status).toBe(200)
  })

  test('checks the version of a whitelist where the caller names one', async () => {
    await start()
    const { version } = await getWhitelist()
    expect((await putWhitelist(['192.0.2.0/24'], { 'if-match': `"${version}"` })).status).toBe(200)
    const late = await putWhitelist([], { 'if-match': `"${version}"` })
    expect([late.status, late.json.code]).toEqual([409, 'version_conflict'])
    expect((await putWhitelist([])).status).toBe(200)
  })

  test('lets the whole VPC in, then the part of it that is listed, then nobody', async () => {
    const { id } = await start()
    const one = await makeVpc('vpc-one', 1)
    const added = await addVpc(one)
    expect(added.json).toMatchObject({
      vpc: { name: 'vpc-one', cidrs: ['10.1.0.0/16'], workspace: null },
      vswitches: [{ zone: 'local-a' }, { zone: 'local-b' }],
      authoritativeDns: false,
      nameServer: null,
      whitelistBlocks: 1,
      consent: 'granted',
      endpoint: 'http://localhost:8100',
    })
    const vpcSide = async () => (await snapshotOf(id))?.access.vpc
    await expect.poll(vpcSide).toEqual(['10.1.0.0/16'])
    const at = { ...params, link: added.json.id }
    const narrowed = await call(vpcWhitelist.PUT, 'PUT', {
      params: at,
      body: [{ cidr: '10.1.7.0/24' }, { cidr: '10.9.0.0/16' }],
    })
    expect(narrowed.json).toMatchObject({ max: 200, version: 2, callerAllowed: false })
    await expect.poll(vpcSide).toEqual(['10.1.7.0/24'])
    expect((await call(link.DELETE, 'DELETE', { params: at })).status).toBe(204)
    await expect.poll(vpcSide).toEqual([])
    expect((await call(gateway.GET, 'GET', { params })).json.vpc).toMatchObject({ enabled: false, vpcs: 0 })
    await expect.poll(async () => (await deploymentOf(id))?.doors).toEqual([])
    const again = await addVpc({ ...one, whitelist: ['10.1.0.0/24'] })
    expect(again.json).toMatchObject({ endpoint: 'http://localhost:8100', whitelistBlocks: 1 })
  })

  test('takes vSwitches of the VPC alone, one per zone, in zones where gateways stand', async () => {
    await start()
    const one = await makeVpc('vpc-one', 1, ['local-a', 'local-a', 'local-c'])
    const two = await makeVpc('vpc-two', 2, ['local-b'])
    const [first = '', second = '', third = ''] = one.vswitchIds
    const refused = async (vpcId: string, vswitchIds: readonly string[]) => {
      const { status, json } = await addVpc({ vpcId, vswitchIds })
      expect(status).toBe(422)
      return json.invalidFields[0]
    }
    expect(await refused(one.vpcId, [])).toMatchObject({ path: 'vswitchIds' })
    expect(await refused(one.vpcId, [first, two.vswitchIds[0] ?? ''])).toMatchObject({
      path: 'vswitchIds.1',
      code: 'vswitch_of_other_vpc',
    })
    expect(await refused(one.vpcId, [first, second])).toMatchObject({
      path: 'vswitchIds.1',
      message: 'vSwitches sw-0 and sw-1 are both in zone local-a. Choose one per zone.',
    })
    expect(await refused('vpc_unknown', [first])).toMatchObject({ path: 'vpcId' })
    const body = { gatewayZones: ['local-a', 'local-b'], version: 1 }
    expect((await call(settings.PATCH, 'PATCH', { body })).status).toBe(200)
    expect(await refused(one.vpcId, [third])).toMatchObject({
      message: `vSwitch ${third} in zone local-c is not supported, supported zones: [local-a local-b]`,
    })
    expect((await addVpc({ vpcId: one.vpcId, vswitchIds: [first] })).status).toBe(201)
    expect(await refused(one.vpcId, [first])).toMatchObject({ message: 'vpc-one has been added already.' })
  })

  test('gives one VPC authoritative DNS, and names it to a second one', async () => {
    const { id } = await start()
    const one = await addVpc({ ...(await makeVpc('vpc-one', 1)), authoritativeDns: true })
    expect(one.json).toMatchObject({ authoritativeDns: true, nameServer: expect.stringMatching(/:8053$/) })
    const plan = async () => (await controlPlane()?.deployments.current())?.nameServer
    await expect.poll(plan).toMatchObject({
      port: 8053,
      zones: [{ name: 'gw-edge-vpc.localhost', gatewayId: id, allow: ['10.1.0.0/16'] }],
    })
    const vpcTwo = await makeVpc('vpc-two', 2)
    const second = await addVpc({ ...vpcTwo, authoritativeDns: true })
    expect(second.json.invalidFields).toMatchObject([
      {
        path: 'authoritativeDns',
        message:
          'vpc-one has authoritative DNS already, and one VPC per gateway may. Switch it off there first.',
      },
    ])
    const two = (await addVpc(vpcTwo)).json
    const patch = (of: { id: string }, body: object) =>
      call(link.PATCH, 'PATCH', { params: { ...params, link: of.id }, body })
    expect((await patch(two, { version: two.version, authoritativeDns: true })).status).toBe(422)
    expect((await patch(one.json, { version: 1, authoritativeDns: false })).status).toBe(200)
    expect((await patch(one.json, { version: 1, authoritativeDns: true })).json.code).toBe('version_conflict')
    expect((await patch(two, { version: two.version, authoritativeDns: true })).status).toBe(200)
    await expect.poll(async () => (await plan())?.zones).toMatchObject([{ allow: ['10.2.0.0/16'] }])
  })

  test('keeps an ALB gateway in one VPC, which its services share', async () => {
    const { id } = await start('alb')
    const one = await makeVpc('vpc-one', 1)
    const two = await makeVpc('vpc-two', 2)
    expect((await switchInternet({ enabled: true })).json.invalidFields).toMatchObject([{ path: 'vpcId' }])
    const added = await addVpc(one)
    expect(added.status).toBe(201)
    const second = await addVpc(two)
    expect(second.json.detail).toBe('An ALB gateway takes one VPC, and has vpc-one. Delete that first.')
    const other = await switchInternet({ enabled: true, ...two })
    expect(other.json.detail).toBe('VPC access already uses vpc-one. Both must use the same VPC.')
    const dns = { params: { ...params, link: added.json.id }, body: { version: 1, authoritativeDns: true } }
    expect((await call(link.PATCH, 'PATCH', dns)).json.invalidFields).toMatchObject([
      { code: 'managed_only' },
    ])
    const service = {
      name: 'chat',
      gatewayId: id,
      vpcId: one.vpcId,
      instances: [{ url: 'http://10.1.0.5:8000' }],
    }
    const made = await call(services.POST, 'POST', { params: { workspace: 'acme' }, body: service })
    expect(made.status, made.text).toBe(201)
    await call(link.DELETE, 'DELETE', { params: { ...params, link: added.json.id } })
    const moved = await switchInternet({ enabled: true, ...two })
    expect([moved.status, moved.json.code]).toEqual([409, 'in_use'])
    expect(moved.json.current.users).toMatchObject([{ kind: 'inference-service', name: 'chat' }])
    expect((await switchInternet({ enabled: true, ...one })).status).toBe(200)
  })

  test('asks the workspace of a VPC where the installation allows to, and lets nobody in before', async () => {
    const { id } = await start()
    await call(workspaces.POST, 'POST', { body: { name: 'other' } })
    const theirs = await makeVpc('vpc-theirs', 3, ['local-a'], 'other')
    const missing = await addVpc({ ...theirs, vpcId: 'vpc_unknown' })
    const foreign = await addVpc(theirs)
    expect([foreign.status, foreign.json.detail]).toEqual([422, missing.json.detail])
    await call(settings.PATCH, 'PATCH', { body: { crossWorkspaceVpc: true, version: 1 } })
    const asked = await addVpc(theirs)
    expect(asked.json).toMatchObject({
      vpc: { id: theirs.vpcId, name: theirs.vpcId, cidrs: [], workspace: 'other' },
      vswitches: [],
      consent: 'pending',
      endpoint: null,
    })
    await expect.poll(async () => (await snapshotOf(id))?.access.vpc).toEqual([])
    await makeGateway({ type: 'alb', name: 'core' })
    const core = { workspace: 'acme', gateway: 'core' }
    expect((await call(links.POST, 'POST', { params: core, body: theirs })).status).toBe(422)
  })

  test('is not for the shared gateway', async () => {
    await start()
    const shared = { workspace: 'acme', gateway: 'shared' }
    for (const [handler, method, body] of [
      [internet.PUT, 'PUT', { enabled: false }],
      [internetWhitelist.GET, 'GET', undefined],
      [internetWhitelist.PUT, 'PUT', []],
      [links.POST, 'POST', { vpcId: 'vpc_1', vswitchIds: ['vsw_1'] }],
    ] as const) {
      const answer = await call(handler, method, { params: shared, body })
      expect(answer.json.detail).toMatch(/^The shared gateway is open on both sides/)
    }
    expect((await call(links.GET, 'GET', { params: shared })).json).toEqual({ items: [] })
  })
})
