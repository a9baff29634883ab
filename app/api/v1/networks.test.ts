import { describe, expect, test } from 'vitest'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as settings from './settings/route.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as groupId from './workspaces/[workspace]/security-groups/[id]/route.ts'
import * as groups from './workspaces/[workspace]/security-groups/route.ts'
import * as vpcId from './workspaces/[workspace]/vpcs/[id]/route.ts'
import * as vpcs from './workspaces/[workspace]/vpcs/route.ts'
import * as vswitchId from './workspaces/[workspace]/vswitches/[id]/route.ts'
import * as vswitches from './workspaces/[workspace]/vswitches/route.ts'
import * as workspaces from './workspaces/route.ts'

const params = { workspace: 'acme' }
const withId = (id: string) => ({ ...params, id })
const vpcInput = { name: 'prod', cidrs: ['10.0.0.0/16', '10.1.0.0/16'] }
const rule = { direction: 'inbound', protocol: 'tcp', portTo: 8000, cidr: '10.0.0.0/8', action: 'allow' }

describeOnBothDatabases('networks', (open) => {
  closeTestConsoles()

  async function start() {
    const database = await open()
    const console_ = await startTestConsole(database)
    for (const name of ['acme', 'other']) await call(workspaces.POST, 'POST', { body: { name } })
    return { ...console_, database: database.database }
  }

  const makeVpc = async (body: object = vpcInput) => (await call(vpcs.POST, 'POST', { params, body })).json
  const makeVSwitch = (body: object) => call(vswitches.POST, 'POST', { params, body })

  describe('VPCs', () => {
    test('are made, found by id and name, renamed and deleted, and activity tells', async () => {
      await start()
      const made = await call(vpcs.POST, 'POST', { params, body: vpcInput })
      expect(made).toMatchObject({ status: 201, json: { ...vpcInput, version: 1, vswitches: 0, usedBy: [] } })
      expect(made.headers.get('location')).toContain(made.json.id)
      const byName = await call(vpcId.GET, 'GET', { params: withId('prod') })
      expect(byName.json).toEqual(made.json)
      const body = { version: 1, name: 'production' }
      const renamed = await call(vpcId.PATCH, 'PATCH', { params: withId(made.json.id), body })
      expect(renamed).toMatchObject({ status: 200, json: { version: 2, name: 'production' } })
      expect((await call(vpcId.DELETE, 'DELETE', { params: withId(made.json.id) })).status).toBe(204)
      expect((await call(vpcs.GET, 'GET', { params })).json.items).toEqual([])
      const told = (await call(activity.GET, 'GET', { params })).json.items
      expect(told.map(({ action }: { action: string }) => action)).toEqual(
        expect.arrayContaining(['vpc.deleted', 'vpc.updated', 'vpc.created']),
      )
    })

    test('a stale save gets the VPC as it is', async () => {
      await start()
      const { id } = await makeVpc()
      const save = (name: string) =>
        call(vpcId.PATCH, 'PATCH', { params: withId(id), body: { version: 1, name } })
      expect((await save('first')).status).toBe(200)
      const stale = await save('second')
      expect(stale).toMatchObject({
        status: 409,
        json: { code: 'version_conflict', current: { name: 'first' } },
      })
    })

    test.each([
      ['a block with host bits', ['10.0.0.1/8'], 'This has host bits set; write 10.0.0.0/8.'],
      ['one address', ['10.0.0.1'], 'This is one address; write 10.0.0.1/32.'],
      ['overlapping blocks', ['10.0.0.0/8', '10.9.0.0/16'], 'This overlaps 10.0.0.0/8.'],
      ['no block', [], 'Give at least one block.'],
    ])('%s gets a sentence', async (_, cidrs, sentence) => {
      await start()
      const refused = await call(vpcs.POST, 'POST', { params, body: { name: 'prod', cidrs } })
      expect(refused.status).toBe(422)
      expect(refused.json.invalidFields[0].message).toContain(sentence)
    })

    test('a taken name is a conflict on its field, and free in another workspace', async () => {
      await start()
      const { id } = await makeVpc()
      const again = await call(vpcs.POST, 'POST', { params, body: vpcInput })
      expect(again).toMatchObject({ status: 409, json: { invalidFields: [{ path: 'name' }] } })
      const other = await call(vpcs.POST, 'POST', { params: { workspace: 'other' }, body: vpcInput })
      expect(other.status).toBe(201)
      expect((await call(vpcId.GET, 'GET', { params: { workspace: 'other', id } })).status).toBe(404)
    })

    test('may not lose the block that a vSwitch stands in', async () => {
      await start()
      const { id } = await makeVpc()
      await makeVSwitch({ vpcId: id, name: 'web', zone: 'local-a', cidr: '10.1.4.0/24' })
      const shrink = (cidrs: string[]) =>
        call(vpcId.PATCH, 'PATCH', { params: withId(id), body: { version: 1, cidrs } })
      const refused = await shrink(['10.0.0.0/16'])
      expect(refused.status).toBe(422)
      expect(refused.json.invalidFields[0]).toMatchObject({ path: 'cidrs' })
      expect(refused.json.detail).toContain('vSwitch web (10.1.4.0/24) would no longer be inside')
      expect((await shrink(['10.1.4.0/23'])).status).toBe(200)
    })

    test('publish the gateways that stand in them when their blocks change, and cannot go while used', async () => {
      const { database } = await start()
      const { id } = await makeVpc()
      const { id: workspaceId } = (await call(workspaces.GET, 'GET')).json.items.find(
        ({ name }: { name: string }) => name === 'acme',
      )
      await inTransaction(database, async (transaction) => {
        await transaction.gateway.create({
          data: {
            id: 'gw_edge',
            workspaceId,
            name: 'edge',
            type: 'managed',
            status: 'running',
            limits: {},
            trustedProxies: [],
          },
        })
        await transaction.gatewayVpcLink.create({
          data: { id: 'link_1', gatewayId: 'gw_edge', vpcId: id, side: 'vpc', vswitchIds: [] },
        })
      })
      const patch = (body: object) => call(vpcId.PATCH, 'PATCH', { params: withId(id), body })
      expect((await patch({ version: 1, name: 'renamed' })).status).toBe(200)
      expect((await patch({ version: 2, cidrs: ['10.0.0.0/15'] })).json.usedBy).toEqual([
        { kind: 'gateway', id: 'gw_edge', name: 'edge' },
      ])
      const { items } = (await call(revisions.GET, 'GET', { params: { ...params, gateway: 'edge' } })).json
      expect(items).toHaveLength(1)
      expect(items[0].changes).toMatchObject([
        {
          kind: 'vpc',
          name: 'renamed',
          fields: [{ path: 'cidrs', before: vpcInput.cidrs, after: ['10.0.0.0/15'] }],
        },
      ])
      const refused = await call(vpcId.DELETE, 'DELETE', { params: withId(id) })
      expect(refused).toMatchObject({
        status: 409,
        json: { code: 'in_use', current: { users: [{ kind: 'gateway', name: 'edge' }] } },
      })
      expect(refused.json.detail).toBe('It is used by gateway edge. Change or delete them first.')
    })

    test('come in pages', async () => {
      await start()
      for (const name of ['aa', 'bb', 'cc']) await makeVpc({ name, cidrs: ['10.0.0.0/8'] })
      const first = await call(vpcs.GET, 'GET', { params, query: { limit: '2' } })
      expect(first.json.items.map(({ name }: { name: string }) => name)).toEqual(['aa', 'bb'])
      const query = { limit: '2', cursor: first.json.nextCursor }
      const second = await call(vpcs.GET, 'GET', { params, query })
      expect(second.json).toMatchObject({ items: [{ name: 'cc' }], nextCursor: null })
    })
  })

  describe('vSwitches', () => {
    test('stand in their VPC, in a zone of the installation', async () => {
      await start()
      const vpc = await makeVpc()
      const body = { vpcId: vpc.id, name: 'web', zone: 'local-a', cidr: '10.0.1.0/24' }
      const made = await makeVSwitch(body)
      expect(made).toMatchObject({
        status: 201,
        json: { ...body, vpcName: 'prod', zoneSupported: true, usedBy: [] },
      })
      const query = { vpcId: vpc.id }
      expect((await call(vswitches.GET, 'GET', { params, query })).json.items).toEqual([made.json])
      expect((await call(vswitches.GET, 'GET', { params, query: { vpcId: 'x' } })).json.items).toEqual([])
      expect((await call(vpcId.GET, 'GET', { params: withId(vpc.id) })).json).toMatchObject({
        vswitches: 1,
        usedBy: [{ kind: 'vswitch', name: 'web' }],
      })
      expect((await call(vpcId.DELETE, 'DELETE', { params: withId(vpc.id) })).status).toBe(409)
      const id = withId(made.json.id)
      const renamed = await call(vswitchId.PATCH, 'PATCH', { params: id, body: { version: 1, name: 'edge' } })
      expect(renamed).toMatchObject({ status: 200, json: { name: 'edge', zone: 'local-a', version: 2 } })
      expect((await call(vswitchId.DELETE, 'DELETE', { params: id })).status).toBe(204)
      expect((await call(vpcId.DELETE, 'DELETE', { params: withId(vpc.id) })).status).toBe(204)
    })

    test.each([
      ['outside the VPC', { cidr: '10.9.0.0/24' }, 'cidr', '10.9.0.0/24 is not inside the VPC: 10.0.0.0/16'],
      ['over a sibling', { cidr: '10.0.0.0/23' }, 'cidr', '10.0.0.0/23 overlaps vSwitch web (10.0.1.0/24).'],
      ['in no zone', { zone: 'mars' }, 'zone', 'There is no zone mars. Zones: local-a, local-b, local-c.'],
      ['in no VPC', { vpcId: 'vpc_x' }, 'vpcId', 'This workspace has no such VPC.'],
      ['twice', { name: 'web' }, 'name', 'A vSwitch named web exists already in this VPC.'],
    ])('one %s gets a sentence on its field', async (_, change, path, sentence) => {
      await start()
      const vpc = await makeVpc()
      const body = { vpcId: vpc.id, name: 'web', zone: 'local-a', cidr: '10.0.1.0/24' }
      await makeVSwitch(body)
      const refused = await makeVSwitch({ ...body, name: 'api', cidr: '10.0.2.0/24', ...change })
      expect([409, 422]).toContain(refused.status)
      expect(refused.json.invalidFields[0].path).toBe(path)
      expect(refused.json.detail).toContain(sentence)
    })

    test('say where gateways cannot stand', async () => {
      await start()
      const vpc = await makeVpc()
      const body = { version: 1, gatewayZones: ['local-b'] }
      expect((await call(settings.PATCH, 'PATCH', { body })).json.gatewayZones).toEqual(['local-b'])
      const made = await makeVSwitch({ vpcId: vpc.id, name: 'web', zone: 'local-a', cidr: '10.0.1.0/24' })
      expect(made.json.zoneSupported).toBe(false)
    })
  })

  describe('settings', () => {
    test('keep what was saved before, and refuse zones for gateways that do not exist', async () => {
      await start()
      const patch = (body: object) => call(settings.PATCH, 'PATCH', { body })
      expect((await patch({ version: 1, crossWorkspaceVpc: true })).json.crossWorkspaceVpc).toBe(true)
      expect((await patch({ version: 2, region: 'west' })).json).toMatchObject({
        region: 'west',
        crossWorkspaceVpc: true,
        gatewayZones: null,
      })
      const refused = await patch({ version: 3, gatewayZones: ['mars'] })
      expect(refused).toMatchObject({ status: 422, json: { invalidFields: [{ path: 'gatewayZones' }] } })
      expect((await patch({ version: 3, gatewayZones: ['local-a'] })).status).toBe(200)
      expect((await patch({ version: 4, zones: ['local-b'] })).status).toBe(422)
    })
  })

  describe('security groups', () => {
    test('are ordered rules, with ports and defaults', async () => {
      await start()
      const made = await call(groups.POST, 'POST', { params, body: { name: 'web', rules: [rule] } })
      expect(made).toMatchObject({ status: 201, json: { rules: [{ ...rule, portFrom: 1 }], usedBy: [] } })
      const id = withId(made.json.id)
      const rules = [{ ...rule, action: 'deny' }, rule]
      const changed = await call(groupId.PATCH, 'PATCH', { params: id, body: { version: 1, rules } })
      expect(changed.json.rules.map(({ action }: { action: string }) => action)).toEqual(['deny', 'allow'])
      const backwards = [{ ...rule, portFrom: 9000 }]
      const refused = await call(groupId.PATCH, 'PATCH', {
        params: id,
        body: { version: 2, rules: backwards },
      })
      expect(refused.json.invalidFields[0]).toMatchObject({
        path: 'rules.0.portTo',
        message: 'The last port must not be below the first.',
      })
      expect((await call(groups.GET, 'GET', { params })).json.items).toHaveLength(1)
      expect((await call(groups.POST, 'POST', { params, body: { name: 'web' } })).status).toBe(409)
      expect((await call(groupId.DELETE, 'DELETE', { params: id })).status).toBe(204)
      expect((await call(groupId.GET, 'GET', { params: id })).status).toBe(404)
    })
  })
})
