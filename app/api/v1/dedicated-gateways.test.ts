import { expect, test } from 'vitest'
import { call, closeTestConsoles, startTestConsole } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import { deploymentOf, makeGateway, makeVpc, snapshotOf } from './testing/dedicated-gateway.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as internet from './workspaces/[workspace]/gateways/[gateway]/internet/route.ts'
import * as whitelist from './workspaces/[workspace]/gateways/[gateway]/internet/whitelist/route.ts'
import * as restore from './workspaces/[workspace]/gateways/[gateway]/revisions/[number]/restore/route.ts'
import * as gateway from './workspaces/[workspace]/gateways/[gateway]/route.ts'
import * as vpcLink from './workspaces/[workspace]/gateways/[gateway]/vpcs/[link]/route.ts'
import * as links from './workspaces/[workspace]/gateways/[gateway]/vpcs/route.ts'
import * as gateways from './workspaces/[workspace]/gateways/route.ts'
import * as services from './workspaces/[workspace]/inference-services/route.ts'
import * as workspace from './workspaces/[workspace]/route.ts'
import * as workspaces from './workspaces/route.ts'

const params = { workspace: 'acme', gateway: 'edge' }
const managed = { type: 'managed', name: 'edge' }

describeOnBothDatabases('dedicated gateways', (open) => {
  closeTestConsoles()

  async function start(environment?: Record<string, string>) {
    const console_ = await startTestConsole(await open(), environment)
    await call(workspaces.POST, 'POST', { body: { name: 'acme' } })
    return console_
  }

  test('of type ALB are a logical configuration until a network is on, in one VPC on both sides', async () => {
    await start()
    const { id, ...made } = await makeGateway({ type: 'alb', name: 'core' })
    expect(made).toMatchObject({
      status: { state: 'stopped', cause: expect.stringMatching(/^Logical configuration only\./) },
      internet: { enabled: false, address: null },
      vpc: { enabled: false, address: null },
      operation: null,
    })
    expect(await deploymentOf(id)).toBeUndefined()
    const core = await makeVpc('vpc-core', 0)
    const at = { workspace: 'acme', gateway: 'core' }
    const on = await call(internet.PUT, 'PUT', { params: at, body: { enabled: true, ...core } })
    expect(on.json).toMatchObject({
      status: { state: 'creating' },
      internet: { enabled: true, address: 'http://localhost:8100', tlsAddress: null, ...core },
      network: { id: core.vpcId, name: 'vpc-core' },
      operation: { kind: 'enable-network' },
    })
    await expect
      .poll(async () => (await deploymentOf(id))?.doors)
      .toEqual([
        { door: 'internet', port: 8100 },
        { door: 'internet-tls', port: 8101 },
      ])
    await expect.poll(async () => (await snapshotOf(id))?.access.internet).toEqual(['0.0.0.0/0', '::/0'])
    const other = await makeVpc('vpc-other', 1)
    const refused = await call(links.POST, 'POST', { params: at, body: other })
    expect([refused.status, refused.json.detail]).toEqual([
      422,
      'Internet access already uses vpc-core. Both must use the same VPC.',
    ])
    expect((await call(links.POST, 'POST', { params: at, body: core })).status).toBe(201)
    const off = await call(internet.PUT, 'PUT', { params: at, body: { enabled: false } })
    expect(off.json.internet).toMatchObject({
      enabled: false,
      address: null,
      vpcId: null,
      whitelistBlocks: 2,
    })
  })

  test('that are fully managed run at once, with what their specification carries and no door', async () => {
    await start()
    const { id, ...made } = await makeGateway({ ...managed, spec: '2c4g', nodes: 3, isDefault: true })
    expect(made).toMatchObject({
      type: 'managed',
      isDefault: true,
      status: { state: 'creating' },
      spec: '2c4g',
      nodes: 3,
      nodesMax: 3,
      nodesRunning: 0,
      billing: 'pay-as-you-go',
      limits: { connectionsMax: 40_000, requestsPerSecond: null },
      cname: { public: null, private: null },
      operation: { kind: 'create' },
    })
    await expect
      .poll(async () => await deploymentOf(id))
      .toMatchObject({
        doors: [],
        nodes: { min: 3, max: 3 },
        memoryMb: 3072,
      })
    expect((await snapshotOf(id))?.access).toEqual({ internet: [], vpc: [] })
  })

  test('are named below the domain of the installation', async () => {
    await start({ SWITCHYARD_BASE_DOMAIN: 'ai.example.com', SWITCHYARD_DEDICATED_PORTS: '9000-9003' })
    const { id } = await makeGateway(managed)
    const on = await call(internet.PUT, 'PUT', { params, body: { enabled: true } })
    expect(on.json).toMatchObject({
      internet: { address: 'http://gw-edge.ai.example.com:9000', whitelistBlocks: 0 },
      cname: { public: 'gw-edge.ai.example.com', private: 'gw-edge-vpc.ai.example.com' },
    })
    await expect.poll(async () => (await snapshotOf(id))?.hosts.internet).toEqual(['gw-edge.ai.example.com'])
    await makeGateway({ ...managed, name: 'second' })
    const second = { workspace: 'acme', gateway: 'second' }
    expect((await call(internet.PUT, 'PUT', { params: second, body: { enabled: true } })).status).toBe(200)
    await makeGateway({ ...managed, name: 'third' })
    const third = { workspace: 'acme', gateway: 'third' }
    const full = await call(internet.PUT, 'PUT', { params: third, body: { enabled: true } })
    expect([full.status, full.json.detail]).toEqual([
      409,
      expect.stringMatching(
        /^All ports from 9000 to 9003 are used\. Delete .* SWITCHYARD_DEDICATED_PORTS\.$/,
      ),
    ])
  })

  test('have so many nodes in all as the installation says', async () => {
    await start({ SWITCHYARD_DEDICATED_NODES: '5' })
    await makeGateway({ ...managed, nodes: 3 })
    const beyond = await call(gateways.POST, 'POST', {
      params,
      body: { ...managed, name: 'second', nodes: 3 },
    })
    expect(beyond).toMatchObject({
      status: 422,
      json: { invalidFields: [{ path: 'nodes', code: 'nodes_used_up' }] },
    })
    expect(beyond.json.detail).toMatch('may have 5 nodes in all, and 2 are free')
    await makeGateway({ ...managed, name: 'second', nodes: 2 })
    const read = await call(gateway.GET, 'GET', { params })
    const grown = { version: read.json.version, nodes: 4 }
    expect((await call(gateway.PATCH, 'PATCH', { params, body: grown })).status).toBe(422)
    expect((await call(gateway.PATCH, 'PATCH', { params, body: { ...grown, nodes: 2 } })).status).toBe(200)
  })

  test('refuse what cannot be, at the field that is wrong', async () => {
    await start()
    for (const [body, path] of [
      [{ ...managed, name: 'Edge' }, 'name'],
      [{ ...managed, name: 'edge-vpc' }, 'name'],
      [{ ...managed, name: 'a'.repeat(57) }, 'name'],
      [{ ...managed, nodes: 0 }, 'nodes'],
      [{ ...managed, nodes: 21 }, 'nodes'],
      [{ ...managed, spec: '3c5g' }, 'spec'],
      [{ ...managed, billing: 'subscription' }, 'billingMonths'],
      [{ type: 'alb', name: 'core', nodes: 5, nodesMax: 4 }, 'nodesMax'],
      [{ type: 'shared', name: 'again' }, 'type'],
    ]) {
      const answer = await call(gateways.POST, 'POST', { params: { workspace: 'acme' }, body })
      expect(answer.status, JSON.stringify(body)).toBe(422)
      expect(answer.json.invalidFields[0].path, JSON.stringify(body)).toBe(path)
    }
  })

  test('have names of their own in the installation', async () => {
    await start()
    await makeGateway(managed)
    const again = await call(gateways.POST, 'POST', { params: { workspace: 'acme' }, body: managed })
    expect([again.status, again.json.detail]).toEqual([409, 'A gateway named edge exists already.'])
  })

  test('change size by the rules of their type', async () => {
    await start()
    const { id, version } = await makeGateway(managed)
    const patch = (body: object) => call(gateway.PATCH, 'PATCH', { params, body })
    const bigger = await patch({
      version,
      spec: '8c16g',
      nodes: 5,
      billing: 'subscription',
      billingMonths: 12,
    })
    expect(bigger.json).toMatchObject({ spec: '8c16g', nodes: 5, nodesMax: 5, billingMonths: 12 })
    await expect
      .poll(async () => await deploymentOf(id))
      .toMatchObject({
        nodes: { min: 5, max: 5 },
        memoryMb: 12_288,
      })
    const next = bigger.json.version
    expect((await patch({ version: next, nodesMax: 9 })).json.invalidFields).toMatchObject([
      { path: 'nodesMax' },
    ])
    const over = await patch({ version: next, limits: { connectionsMax: 160_001 } })
    expect(over.json.invalidFields).toMatchObject([{ path: 'limits.connectionsMax', code: 'over_spec' }])
    expect((await patch({ version, nodes: 2 })).json).toMatchObject({
      code: 'version_conflict',
      current: { nodes: 5 },
    })
    await makeGateway({ type: 'alb', name: 'core' })
    const core = { workspace: 'acme', gateway: 'core' }
    const alb = (body: object) =>
      call(gateway.PATCH, 'PATCH', { params: core, body: { version: 1, ...body } })
    expect((await alb({ spec: '2c4g' })).json.invalidFields).toMatchObject([{ path: 'spec' }])
    expect((await alb({ nodes: 8 })).json.invalidFields).toMatchObject([{ path: 'nodesMax' }])
    expect((await alb({ nodes: 2, nodesMax: 8 })).json).toMatchObject({ nodes: 2, nodesMax: 8 })
  })

  test('stay while something uses them, and take their name in words', async () => {
    await start()
    const { id } = await makeGateway({ ...managed, isDefault: true })
    const service = { name: 'chat', gatewayId: id, instances: [{ url: 'http://10.0.0.5:8000' }] }
    const made = await call(services.POST, 'POST', { params: { workspace: 'acme' }, body: service })
    expect(made.status, made.text).toBe(201)
    const remove = (confirm?: string) =>
      call(gateway.DELETE, 'DELETE', { params, query: confirm === undefined ? {} : { confirm } })
    expect((await remove()).json.invalidFields).toMatchObject([{ path: 'confirm' }])
    const used = await remove('edge')
    expect([used.status, used.json.code]).toEqual([409, 'in_use'])
    expect(used.json.current.users).toEqual([{ kind: 'inference-service', id: made.json.id, name: 'chat' }])
    const whole = await call(workspace.DELETE, 'DELETE', {
      params: { workspace: 'acme' },
      query: { confirm: 'acme' },
    })
    expect(whole.status).toBe(409)
    await makeGateway({ ...managed, name: 'idle', isDefault: true })
    const idle = { workspace: 'acme', gateway: 'idle' }
    const gone = await call(gateway.DELETE, 'DELETE', { params: idle, query: { confirm: 'idle' } })
    expect(gone.status).toBe(204)
    expect((await call(gateway.GET, 'GET', { params: idle })).status).toBe(404)
    const { items } = (await call(gateways.GET, 'GET', { params: { workspace: 'acme' } })).json
    expect(items.map((item: { name: string; isDefault: boolean }) => [item.name, item.isDefault])).toEqual([
      ['shared', true],
      ['edge', false],
    ])
    const shared = { workspace: 'acme', gateway: 'shared' }
    expect(
      (await call(gateway.DELETE, 'DELETE', { params: shared, query: { confirm: 'shared' } })).status,
    ).toBe(409)
  })

  test('come back with a revision: sides, whitelists and size, by the rules of today', async () => {
    await start()
    await makeGateway(managed)
    const first = await makeVpc('vpc-one', 1)
    const second = await makeVpc('vpc-two', 2)
    await call(internet.PUT, 'PUT', { params, body: { enabled: true } })
    const blocks = [{ cidr: '203.0.113.0/24', note: 'Office' }, { cidr: '198.51.100.7/32' }]
    await call(whitelist.PUT, 'PUT', { params, body: blocks })
    await call(links.POST, 'POST', {
      params,
      body: { ...first, authoritativeDns: true, whitelist: ['10.1.2.0/24'] },
    })
    const { revision } = (await call(gateway.GET, 'GET', { params })).json
    const [link] = (await call(links.GET, 'GET', { params })).json.items
    await call(vpcLink.DELETE, 'DELETE', { params: { ...params, link: link.id } })
    await call(links.POST, 'POST', { params, body: { ...second, authoritativeDns: true } })
    await call(whitelist.PUT, 'PUT', { params, body: [] })
    await call(internet.PUT, 'PUT', { params, body: { enabled: false } })
    const changed = (await call(gateway.GET, 'GET', { params })).json
    const at = { ...params, number: String(revision) }
    const preview = await call(restore.GET, 'GET', { params: at })
    expect(preview.json.changes[0].fields.map(({ path }: { path: string }) => path)).toEqual([
      'internet',
      'internetWhitelist',
      'vpcs',
    ])
    const back = await call(restore.POST, 'POST', { params: at, body: { basedOn: changed.revision } })
    expect(back.status, back.text).toBe(200)
    expect((await call(gateway.GET, 'GET', { params })).json).toMatchObject({
      internet: { enabled: true, address: 'http://localhost:8100', whitelistBlocks: 2 },
      vpc: { enabled: true, vpcs: 1 },
    })
    expect((await call(links.GET, 'GET', { params })).json.items).toMatchObject([
      { vpc: { name: 'vpc-one' }, authoritativeDns: true, whitelistBlocks: 1, consent: 'granted' },
    ])
    const same = { params: { ...params, number: String(back.json.number) } }
    expect((await call(restore.GET, 'GET', same)).json.changes).toEqual([])
    expect((await call(restore.GET, 'GET', { params: at })).json.changes).toEqual([])
  })

  test('tell the activity what was done to them', async () => {
    const { clock } = await start()
    clock.advance(1)
    await makeGateway(managed)
    clock.advance(1)
    await call(internet.PUT, 'PUT', { params, body: { enabled: true } })
    clock.advance(1)
    await call(whitelist.PUT, 'PUT', { params, body: [{ cidr: '203.0.113.0/24' }] })
    const { items } = (await call(activity.GET, 'GET', { params: { workspace: 'acme' } })).json
    expect(items.slice(0, 3).map(({ action }: { action: string }) => action)).toEqual([
      'gateway.whitelist-changed',
      'gateway.internet-enabled',
      'gateway.created',
    ])
    expect(items[0].changes).toEqual([
      { path: 'internetWhitelist', before: [], after: [{ cidr: '203.0.113.0/24', note: '' }] },
    ])
  })
})
