import { expect, test } from 'vitest'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import { addEdge, params, startWithNames } from './testing/domain-names.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as consentId from './workspaces/[workspace]/vpc-consents/[id]/route.ts'
import * as consents from './workspaces/[workspace]/vpc-consents/route.ts'
import * as vpcs from './workspaces/[workspace]/vpcs/route.ts'

describeOnBothDatabases('consents', (open) => {
  closeTestConsoles()

  test('let a gateway of another workspace in, and out again', async () => {
    const started = await startWithNames(await open())
    const { database } = started
    await addEdge(started)
    const theirs = { workspace: 'other' }
    const body = { name: 'lab', cidrs: ['172.16.0.0/12'] }
    const vpc = (await call(vpcs.POST, 'POST', { params: theirs, body })).json
    await database.gatewayVpcLink.create({
      data: {
        id: 'link_2',
        gatewayId: 'gw_edge',
        vpcId: vpc.id,
        side: 'vpc',
        vswitchIds: [],
        consent: 'pending',
      },
    })
    const listed = await call(consents.GET, 'GET', { params: theirs })
    expect(listed.json.items).toMatchObject([
      {
        id: 'link_2',
        vpc: { name: 'lab' },
        gateway: { name: 'edge', workspace: 'acme' },
        consent: 'pending',
      },
    ])
    expect((await call(consents.GET, 'GET', { params })).json.items).toEqual([])
    const put = (workspace: string, change: object) =>
      call(consentId.PUT, 'PUT', { params: { workspace, id: 'link_2' }, body: change })
    expect((await put('acme', { version: 1, consent: 'granted' })).status).toBe(404)
    expect((await put('other', { version: 1, consent: 'granted' })).json.consent).toBe('granted')
    const stale = await put('other', { version: 1, consent: 'declined' })
    expect(stale).toMatchObject({
      status: 409,
      json: { code: 'version_conflict', current: { consent: 'granted' } },
    })
    expect((await put('other', { version: 2, consent: 'declined' })).json.consent).toBe('declined')
    const { items } = (await call(revisions.GET, 'GET', { params: { ...params, gateway: 'edge' } })).json
    expect(items).toHaveLength(2)
    expect(items[0].changes[0].fields).toEqual([{ path: 'consent', before: 'granted', after: 'declined' }])
    const told = (await call(activity.GET, 'GET', { params: theirs })).json.items
    expect(told.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['vpc-consent.granted', 'vpc-consent.declined']),
    )
  })
})
