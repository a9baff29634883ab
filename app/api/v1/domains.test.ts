import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { AcmeServer } from '@/e2e/fakes/acme-server.ts'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { renewDue } from '@/lib/console/domains/renew-regularly.ts'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { type FollowingNode, followAsNode } from '@/lib/console/testing/follow-as-node.ts'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import {
  adminEmail,
  adminPassword,
  call,
  closeTestConsoles,
  startTestConsole,
} from '@/lib/console/testing/test-console.ts'
import { inTransaction } from '@/lib/persistence/database.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import * as activity from './workspaces/[workspace]/activity/route.ts'
import * as certificates from './workspaces/[workspace]/certificates/route.ts'
import * as checkDns from './workspaces/[workspace]/domains/[id]/check-dns/route.ts'
import * as orderNow from './workspaces/[workspace]/domains/[id]/order-certificate/route.ts'
import * as domainId from './workspaces/[workspace]/domains/[id]/route.ts'
import * as domains from './workspaces/[workspace]/domains/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as tokens from './workspaces/[workspace]/tokens/route.ts'
import * as consentId from './workspaces/[workspace]/vpc-consents/[id]/route.ts'
import * as consents from './workspaces/[workspace]/vpc-consents/route.ts'
import * as vpcs from './workspaces/[workspace]/vpcs/route.ts'
import * as workspaces from './workspaces/route.ts'

const authority = new TestAuthority()
afterAll(() => authority.close())

const params = { workspace: 'acme' }
const shared = { ...params, gateway: 'shared' }
const withId = (id: string) => ({ ...params, id })
const leaf = authority.issue({ names: ['api.example.com', '*.example.com', 'xn--bcher-kva.example'] })
const dayMs = 86_400_000

describeOnBothDatabases('domain names', (open) => {
  closeTestConsoles()

  async function start(environment: Record<string, string> = {}) {
    const database = await open()
    const console_ = await startTestConsole(database, {
      SWITCHYARD_ADMIN_EMAIL: adminEmail,
      SWITCHYARD_ADMIN_PASSWORD: adminPassword,
      SWITCHYARD_BASE_DOMAIN: 'apps.example.net',
      SWITCHYARD_GATEWAY_HOST: 'gateway.example.net',
      ...environment,
    })
    const ids: Record<string, string> = {}
    for (const name of ['acme', 'other']) {
      ids[name] = (await call(workspaces.POST, 'POST', { body: { name } })).json.id
    }
    return { ...console_, ids, database: database.database }
  }

  type Started = Awaited<ReturnType<typeof start>>

  const post = (body: object, token?: string) =>
    call(domains.POST, 'POST', { params, body, ...(token !== undefined && { token }) })
  const patch = (id: string, body: object) => call(domainId.PATCH, 'PATCH', { params: withId(id), body })
  const get = async (id: string) => (await call(domainId.GET, 'GET', { params: withId(id) })).json
  const http = { gatewayId: 'shared', name: 'api.example.com', protocol: 'http' }

  async function upload(installation: boolean): Promise<string> {
    const body = { name: 'example', chain: authority.chain(leaf), key: leaf.key, installation }
    return (await call(certificates.POST, 'POST', { params, body })).json.id
  }

  /** A managed gateway `edge` of the first workspace, with a VPC of its own. */
  async function dedicated({ database, ids }: Started, change: object = {}) {
    const body = { name: 'prod', cidrs: ['10.0.0.0/16'] }
    const vpc = (await call(vpcs.POST, 'POST', { params, body })).json
    await inTransaction(database, async (transaction) => {
      await transaction.gateway.create({
        data: {
          id: 'gw_edge',
          workspaceId: ids['acme'] ?? '',
          name: 'edge',
          type: 'managed',
          status: 'running',
          internetEnabled: true,
          vpcEnabled: true,
          limits: {},
          trustedProxies: [],
          ...change,
        },
      })
      await transaction.gatewayVpcLink.create({
        data: { id: 'link_1', gatewayId: 'gw_edge', vpcId: vpc.id, side: 'vpc', vswitchIds: [] },
      })
      await transaction.portAllocation.createMany({
        data: [
          { port: 8100, gatewayId: 'gw_edge', door: 'internet' },
          { port: 8101, gatewayId: 'gw_edge', door: 'internet-tls' },
          { port: 8102, gatewayId: 'gw_edge', door: 'vpc' },
          { port: 8103, gatewayId: 'gw_edge', door: 'vpc-tls' },
        ],
      })
    })
    return String(vpc.id)
  }

  describe('on the shared gateway', () => {
    test('are served from the next snapshot on, until they are deleted', async () => {
      const { clock } = await start()
      await reportNode(clock.now())
      const certificateId = await upload(true)
      const body = { gatewayId: 'shared', name: 'API.example.com.', certificateId, forceHttps: true }
      const made = await post(body)
      expect(made).toMatchObject({
        status: 201,
        json: {
          name: 'api.example.com',
          side: 'public',
          protocol: 'https',
          cname: 'apps.example.net',
          effect: 'live',
          address: 'https://api.example.com:8443',
          certificate: { name: 'example' },
          dns: { state: 'unknown', found: null, checkedAt: null },
        },
      })
      await expect
        .poll(async () => (await publishedSnapshot())?.domains)
        .toEqual([{ name: 'api.example.com', side: 'internet', certificateId, forceHttps: true }])
      const { items } = (await call(revisions.GET, 'GET', { params: shared })).json
      expect(items[0].changes).toMatchObject([
        { kind: 'domain', name: 'api.example.com', operation: 'created' },
      ])
      expect((await call(domainId.DELETE, 'DELETE', { params: withId(made.json.id) })).status).toBe(204)
      await expect.poll(async () => (await publishedSnapshot())?.domains).toEqual([])
    })

    test('are for owners of the installation to make, and for everybody to see', async () => {
      await start()
      const body = { name: 'tenant', role: 'owner' }
      const { token } = (await call(tokens.POST, 'POST', { params, body })).json
      expect((await post(http, token)).status).toBe(403)
      const made = (await post(http)).json
      const seen = await call(domainId.GET, 'GET', { params: withId(made.id), token })
      expect(seen).toMatchObject({ status: 200, json: { editable: false } })
      for (const [route, method] of [
        [domainId.PATCH, 'PATCH'],
        [domainId.DELETE, 'DELETE'],
      ] as const) {
        const change = method === 'PATCH' ? { body: { version: 1 } } : {}
        expect((await call(route, method, { params: withId(made.id), token, ...change })).status).toBe(403)
      }
    })

    test('are written in any script, and kept in ASCII', async () => {
      await start()
      const made = await post({ ...http, name: 'Bücher.example', protocol: 'http' })
      expect(made.json).toMatchObject({ name: 'xn--bcher-kva.example', unicodeName: 'bücher.example' })
      const wildcard = await post({ ...http, name: '*.Bücher.example' })
      expect(wildcard.json).toMatchObject({
        name: '*.xn--bcher-kva.example',
        unicodeName: '*.bücher.example',
        address: 'http://*.xn--bcher-kva.example:8080',
      })
      expect((await post({ ...http, name: 'bücher.EXAMPLE' })).status).toBe(409)
    })
  })

  describe('are refused with a sentence on the field', () => {
    test.each([
      ['no name', { name: 'localhost' }, 'name', 'Write a full name such as api.example.com'],
      [
        'the base domain',
        { name: 'apps.example.net' },
        'name',
        'apps.example.net is this installation’s own',
      ],
      ['one below it', { name: 'gw-edge.apps.example.net' }, 'name', 'own name'],
      ['the gateway host', { name: 'x.gateway.example.net' }, 'name', 'gateway.example.net is this'],
      ['a wildcard over it', { name: '*.example.net' }, 'name', 'own name'],
      ['no gateway', { gatewayId: 'nowhere' }, 'gatewayId', 'There is no such gateway.'],
      ['a redirect to nothing', { forceHttps: true }, 'forceHttps', 'Only a name with HTTPS'],
      ['no certificate', { protocol: 'https' }, 'certificateId', 'HTTPS needs a certificate.'],
      [
        'an unknown certificate',
        { protocol: 'https', certificateId: 'cert_x' },
        'certificateId',
        'no such certificate',
      ],
      [
        'an ordered wildcard',
        { protocol: 'https', automaticCertificate: true, name: '*.example.com' },
        'automaticCertificate',
        'A certificate for a wildcard cannot be ordered',
      ],
      [
        'an ordered private name',
        { protocol: 'https', automaticCertificate: true, side: 'private' },
        'automaticCertificate',
        'The issuer cannot reach a private name.',
      ],
    ])('%s', async (_, change, path, sentence) => {
      await start()
      const refused = await post({ ...http, ...change })
      expect(refused.status).toBe(422)
      expect(refused.json.invalidFields[0].path).toBe(path)
      expect(refused.json.detail).toContain(sentence)
    })

    test('a certificate that does not cover them, is another’s, or has expired', async () => {
      const { clock } = await start()
      const [own, wide] = [await upload(false), await upload(true)]
      const field = async (change: object) =>
        (await post({ ...http, protocol: 'https', ...change })).json.invalidFields[0]
      expect(await field({ certificateId: own })).toMatchObject({ code: 'certificate_unknown' })
      const other = await field({ certificateId: wide, name: 'deep.api.example.com' })
      expect(other).toMatchObject({ path: 'certificateId', code: 'certificate_uncovered' })
      expect(other.message).toContain('does not cover deep.api.example.com. It covers api.example.com')
      clock.advance(91 * dayMs)
      expect(await field({ certificateId: wide })).toMatchObject({ code: 'certificate_expired' })
    })

    test('no order in place of a certificate that has expired meanwhile', async () => {
      const { clock } = await start({ SWITCHYARD_ACME_DIRECTORY: 'http://127.0.0.1:1/directory' })
      const certificateId = await upload(true)
      const { id } = (await post({ ...http, protocol: 'https', certificateId })).json
      clock.advance(91 * dayMs)
      const ordered = await patch(id, { version: 1, automaticCertificate: true })
      expect(ordered).toMatchObject({ status: 200, json: { automaticCertificate: true } })
    })

    test('a name that any gateway of the installation has', async () => {
      const started = await start()
      await dedicated(started)
      expect((await post(http)).status).toBe(201)
      const again = await post({ ...http, gatewayId: 'edge' })
      expect(again).toMatchObject({ status: 409, json: { invalidFields: [{ path: 'name', code: 'taken' }] } })
    })
  })

  describe('on a dedicated gateway', () => {
    test('take the ports and the CNAME of their side', async () => {
      const vpcId = await dedicated(await start())
      const certificateId = await upload(false)
      const body = { gatewayId: 'edge', name: 'api.example.com', certificateId }
      expect((await post(body)).json).toMatchObject({
        cname: 'gw-edge.apps.example.net',
        address: 'https://api.example.com:8101',
        effect: 'gateway-off',
        editable: true,
      })
      const inside = { ...body, name: 'vpc.example.com', side: 'private', vpcId }
      expect((await post(inside)).json).toMatchObject({
        cname: 'gw-edge-vpc.apps.example.net',
        address: 'https://vpc.example.com:8103',
        vpcId,
      })
      expect((await post({ ...inside, vpcId: 'vpc_x' })).json.invalidFields[0].path).toBe('name')
      const query = { gatewayId: 'edge' }
      expect((await call(domains.GET, 'GET', { params, query })).json.items).toHaveLength(2)
      const other = await call(domains.GET, 'GET', { params: { workspace: 'other' } })
      expect(other.json.items).toEqual([])
      const [first] = (await call(domains.GET, 'GET', { params, query })).json.items
      const foreign = { workspace: 'other', id: first.id }
      expect((await call(domainId.GET, 'GET', { params: foreign })).status).toBe(404)
    })

    test('need the side to be there', async () => {
      await dedicated(await start(), { internetEnabled: false })
      const body = { ...http, gatewayId: 'edge' }
      expect((await post(body)).json.detail).toContain('edge has no Internet access. Switch it on first')
      const inside = { ...body, side: 'private' }
      expect((await post(inside)).json.detail).toBe('Choose the VPC that the name is for.')
      expect((await post({ ...inside, vpcId: 'vpc_x' })).json.detail).toBe('This is not a VPC of edge.')
    })

    test('change between HTTP and HTTPS with the same rules', async () => {
      await dedicated(await start())
      const certificateId = await upload(false)
      const { id } = (await post({ ...http, gatewayId: 'edge' })).json
      expect((await patch(id, { version: 1, protocol: 'https' })).status).toBe(422)
      const secured = await patch(id, { version: 1, protocol: 'https', certificateId, forceHttps: true })
      expect(secured).toMatchObject({ status: 200, json: { version: 2, forceHttps: true } })
      const stale = await patch(id, { version: 1, forceHttps: false })
      expect(stale).toMatchObject({
        status: 409,
        json: { code: 'version_conflict', current: { forceHttps: true } },
      })
      const plain = await patch(id, { version: 2, protocol: 'http' })
      expect(plain.json).toMatchObject({ protocol: 'http', certificate: null, forceHttps: false })
    })
  })

  test('are checked in the DNS, and what it said stays', async () => {
    await start({ SWITCHYARD_DNS_SERVERS: 'nonsense' })
    const { id } = (await post(http)).json
    const checked = await call(checkDns.POST, 'POST', { params: withId(id) })
    expect(checked).toMatchObject({ status: 200, json: { version: 1, dns: { state: 'unknown' } } })
    expect((await get(id)).dns).toEqual(checked.json.dns)
    expect(checked.json.dns.checkedAt).not.toBeNull()
  })

  describe('with an automatic certificate', () => {
    const closes: (() => Promise<unknown>)[] = []
    afterEach(async () => {
      for (const close of closes.splice(0)) await close()
    })

    /** What a gateway does with the snapshot that it was given; `answer` is what it says instead. */
    async function startAcme(node: () => FollowingNode, answer: string | null): Promise<AcmeServer> {
      const gateway = createServer((incoming, response) => {
        const token = incoming.url?.replace('/.well-known/acme-challenge/', '')
        const known = node().snapshot?.acmeChallenges.find((challenge) => challenge.token === token)
        response.end(answer ?? known?.keyAuthorization ?? 'nothing here')
      })
      await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
      const { port } = gateway.address() as AddressInfo
      const acme = new AcmeServer({ host: '127.0.0.1', port })
      await acme.start()
      closes.push(
        () => acme.close(),
        () => new Promise((resolve) => gateway.close(resolve)),
      )
      return acme
    }

    async function startWithAcme(answer: string | null = null) {
      let node: FollowingNode = { snapshot: null, report: async () => {} }
      const acme = await startAcme(() => node, answer)
      const started = await start({
        SWITCHYARD_ACME_DIRECTORY: acme.directoryUrl,
        SWITCHYARD_ACME_EMAIL: 'ops@example.com',
      })
      node = await followAsNode(() => started.clock.now())
      return { ...started, acme, node }
    }

    const ordered = (id: string) =>
      expect
        .poll(() => get(id), { timeout: 20_000 })
        .toMatchObject({ certificateError: null, certificate: { name: 'acme-api-example-com' } })

    const automatic = { gatewayId: 'shared', name: 'api.example.com', automaticCertificate: true }

    test('get it from the ACME server, and answer its challenge until then', async () => {
      const { acme, database, node } = await startWithAcme()
      const made = await post({ ...automatic, forceHttps: true })
      expect(made.json).toMatchObject({ effect: 'waiting-for-certificate', certificate: null })
      await expect
        .poll(async () => (await get(made.json.id)).certificate, { timeout: 20_000 })
        .toMatchObject({ name: 'acme-api-example-com' })
      expect(acme.fetched).toHaveLength(1)
      expect(acme.issued).toEqual(['api.example.com'])
      await expect.poll(() => get(made.json.id)).toMatchObject({ effect: 'live', certificateError: null })
      expect(node.snapshot).toMatchObject({ acmeChallenges: [], domains: [{ forceHttps: true }] })
      const [listed] = (await call(certificates.GET, 'GET', { params })).json.items
      expect(listed).toMatchObject({ source: 'acme', installation: true, names: ['api.example.com'] })
      const [account] = await database.acmeAccount.findMany()
      expect(account?.keySealed).toMatch(/^s1:/)
      expect(account?.accountUrl).toContain('/account/')
      expect(await database.acmeChallenge.count()).toBe(0)
    })

    test('are renewed when a third of its life is left, with the same account', async () => {
      const { acme, clock, node } = await startWithAcme()
      const { id } = (await post(automatic)).json
      await ordered(id)
      const first = (await get(id)).certificate
      clock.advance(59 * dayMs)
      expect(await renewDue()).toBe(0)
      clock.advance(2 * dayMs)
      await node.report()
      acme.days = 180
      expect(await renewDue()).toBe(1)
      await expect
        .poll(async () => (await get(id)).certificate.daysLeft, { timeout: 20_000 })
        .toBeGreaterThan(100)
      expect((await get(id)).certificate.id).toBe(first.id)
      expect(acme.accounts).toBe(1)
      expect(await renewDue()).toBe(0)
    })

    test('say why it was refused, wait longer each time, and are tried again on demand', async () => {
      const { acme, clock, node, database } = await startWithAcme()
      acme.refuse = 'This name is on a list.'
      const { id } = (await post({ ...automatic, forceHttps: true })).json
      const failure = () => expect.poll(async () => (await get(id)).certificateError, { timeout: 20_000 })
      await failure().toBe('This name is on a list.')
      clock.advance(299_000)
      await node.report()
      expect(await renewDue()).toBe(0)
      clock.advance(2000)
      expect(await renewDue()).toBe(1)
      await expect.poll(() => acme.refused, { timeout: 20_000 }).toBe(2)
      await failure().toBe('This name is on a list.')
      clock.advance(302_000)
      expect(await renewDue()).toBe(0)
      acme.refuse = null
      await node.report()
      // Nobody is redirected to a port that has no certificate yet.
      expect(node.snapshot?.domains).toMatchObject([{ certificateId: null, forceHttps: false }])
      const again = await call(orderNow.POST, 'POST', { params: withId(id) })
      expect(again).toMatchObject({ status: 200, json: { certificateError: null } })
      const twice = await call(orderNow.POST, 'POST', { params: withId(id) })
      expect(twice).toMatchObject({ status: 409, json: { code: 'conflict' } })
      await ordered(id)
      expect(await database.acmeChallenge.count()).toBe(0)
    })

    test('withdraw a challenge that was answered wrongly', async () => {
      const { acme, database } = await startWithAcme('somebody else’s page')
      const { id } = (await post(automatic)).json
      await expect
        .poll(async () => (await get(id)).certificateError, { timeout: 20_000 })
        .toContain('answered: somebody else’s page')
      expect(acme.issued).toEqual([])
      await expect.poll(() => database.acmeChallenge.count()).toBe(0)
      await expect.poll(async () => (await publishedSnapshot())?.acmeChallenges).toEqual([])
    })

    test('take it along when they are deleted', async () => {
      await startWithAcme()
      const { id } = (await post(automatic)).json
      await ordered(id)
      expect((await call(domainId.DELETE, 'DELETE', { params: withId(id) })).status).toBe(204)
      expect((await call(certificates.GET, 'GET', { params })).json.items).toEqual([])
    })

    test('say that nobody can be reached', async () => {
      await start({ SWITCHYARD_ACME_DIRECTORY: 'http://127.0.0.1:1/directory' })
      const { id } = (await post(automatic)).json
      await expect
        .poll(async () => (await get(id)).certificateError, { timeout: 20_000 })
        .toBe('The ACME server could not be reached (ECONNREFUSED).')
    })

    test('are not ordered for a name without one', async () => {
      await start()
      const { id } = (await post(http)).json
      const refused = await call(orderNow.POST, 'POST', { params: withId(id) })
      expect(refused).toMatchObject({ status: 409, json: { code: 'conflict' } })
    })
  })

  describe('consents', () => {
    test('let a gateway of another workspace in, and out again', async () => {
      const started = await start()
      const { ids, database } = started
      await dedicated(started)
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
      expect(ids['other']).toBeDefined()
    })
  })
})
