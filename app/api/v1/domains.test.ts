import { afterAll, describe, expect, test } from 'vitest'
import { TestAuthority } from '@/e2e/fakes/test-authority.ts'
import { reportNode } from '@/lib/console/testing/add-node.ts'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  addEdge,
  dayMs,
  getDomain,
  params,
  patchDomain,
  plainName,
  postDomain,
  startWithNames,
  withId,
} from './testing/domain-names.ts'
import * as certificates from './workspaces/[workspace]/certificates/route.ts'
import * as checkDns from './workspaces/[workspace]/domains/[id]/check-dns/route.ts'
import * as domainId from './workspaces/[workspace]/domains/[id]/route.ts'
import * as domains from './workspaces/[workspace]/domains/route.ts'
import * as revisions from './workspaces/[workspace]/gateways/[gateway]/revisions/route.ts'
import * as tokens from './workspaces/[workspace]/tokens/route.ts'

const authority = new TestAuthority()
afterAll(() => authority.close())

const shared = { ...params, gateway: 'shared' }
const leaf = authority.issue({ names: ['api.example.com', '*.example.com', 'xn--bcher-kva.example'] })

describeOnBothDatabases('domain names', (open) => {
  closeTestConsoles()
  const start = async (environment?: Record<string, string>) => startWithNames(await open(), environment)

  async function upload(installation: boolean): Promise<string> {
    const body = { name: 'example', chain: authority.chain(leaf), key: leaf.key, installation }
    return (await call(certificates.POST, 'POST', { params, body })).json.id
  }

  describe('on the shared gateway', () => {
    test('are served from the next snapshot on, until they are deleted', async () => {
      const { clock } = await start()
      await reportNode(clock.now())
      const certificateId = await upload(true)
      const body = { gatewayId: 'shared', name: 'API.example.com.', certificateId, forceHttps: true }
      const made = await postDomain(body)
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
      expect((await postDomain(plainName, token)).status).toBe(403)
      const made = (await postDomain(plainName)).json
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
      const made = await postDomain({ ...plainName, name: 'Bücher.example', protocol: 'http' })
      expect(made.json).toMatchObject({ name: 'xn--bcher-kva.example', unicodeName: 'bücher.example' })
      const wildcard = await postDomain({ ...plainName, name: '*.Bücher.example' })
      expect(wildcard.json).toMatchObject({
        name: '*.xn--bcher-kva.example',
        unicodeName: '*.bücher.example',
        address: 'http://*.xn--bcher-kva.example:8080',
      })
      expect((await postDomain({ ...plainName, name: 'bücher.EXAMPLE' })).status).toBe(409)
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
      const refused = await postDomain({ ...plainName, ...change })
      expect(refused.status).toBe(422)
      expect(refused.json.invalidFields[0].path).toBe(path)
      expect(refused.json.detail).toContain(sentence)
    })

    test('a certificate that does not cover them, is another’s, or has expired', async () => {
      const { clock } = await start()
      const [own, wide] = [await upload(false), await upload(true)]
      const field = async (change: object) =>
        (await postDomain({ ...plainName, protocol: 'https', ...change })).json.invalidFields[0]
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
      const { id } = (await postDomain({ ...plainName, protocol: 'https', certificateId })).json
      clock.advance(91 * dayMs)
      const ordered = await patchDomain(id, { version: 1, automaticCertificate: true })
      expect(ordered).toMatchObject({ status: 200, json: { automaticCertificate: true } })
    })

    test('a name that any gateway of the installation has', async () => {
      const started = await start()
      await addEdge(started)
      expect((await postDomain(plainName)).status).toBe(201)
      const again = await postDomain({ ...plainName, gatewayId: 'edge' })
      expect(again).toMatchObject({ status: 409, json: { invalidFields: [{ path: 'name', code: 'taken' }] } })
    })
  })

  describe('on a dedicated gateway', () => {
    test('take the ports and the CNAME of their side', async () => {
      const vpcId = await addEdge(await start())
      const certificateId = await upload(false)
      const body = { gatewayId: 'edge', name: 'api.example.com', certificateId }
      expect((await postDomain(body)).json).toMatchObject({
        cname: 'gw-edge.apps.example.net',
        address: 'https://api.example.com:8101',
        effect: 'gateway-off',
        editable: true,
      })
      const inside = { ...body, name: 'vpc.example.com', side: 'private', vpcId }
      expect((await postDomain(inside)).json).toMatchObject({
        cname: 'gw-edge-vpc.apps.example.net',
        address: 'https://vpc.example.com:8103',
        vpcId,
      })
      expect((await postDomain({ ...inside, vpcId: 'vpc_x' })).json.invalidFields[0].path).toBe('name')
      const query = { gatewayId: 'edge' }
      expect((await call(domains.GET, 'GET', { params, query })).json.items).toHaveLength(2)
      const other = await call(domains.GET, 'GET', { params: { workspace: 'other' } })
      expect(other.json.items).toEqual([])
      const [first] = (await call(domains.GET, 'GET', { params, query })).json.items
      const foreign = { workspace: 'other', id: first.id }
      expect((await call(domainId.GET, 'GET', { params: foreign })).status).toBe(404)
    })

    test('need the side to be there', async () => {
      await addEdge(await start(), { internetEnabled: false })
      const body = { ...plainName, gatewayId: 'edge' }
      expect((await postDomain(body)).json.detail).toContain(
        'edge has no Internet access. Switch it on first',
      )
      const inside = { ...body, side: 'private' }
      expect((await postDomain(inside)).json.detail).toBe('Choose the VPC that the name is for.')
      expect((await postDomain({ ...inside, vpcId: 'vpc_x' })).json.detail).toBe('This is not a VPC of edge.')
    })

    test('change between HTTP and HTTPS with the same rules', async () => {
      await addEdge(await start())
      const certificateId = await upload(false)
      const { id } = (await postDomain({ ...plainName, gatewayId: 'edge' })).json
      expect((await patchDomain(id, { version: 1, protocol: 'https' })).status).toBe(422)
      const secured = await patchDomain(id, {
        version: 1,
        protocol: 'https',
        certificateId,
        forceHttps: true,
      })
      expect(secured).toMatchObject({ status: 200, json: { version: 2, forceHttps: true } })
      const stale = await patchDomain(id, { version: 1, forceHttps: false })
      expect(stale).toMatchObject({
        status: 409,
        json: { code: 'version_conflict', current: { forceHttps: true } },
      })
      const plain = await patchDomain(id, { version: 2, protocol: 'http' })
      expect(plain.json).toMatchObject({ protocol: 'http', certificate: null, forceHttps: false })
    })
  })

  test('are checked in the DNS, and what it said stays', async () => {
    await start({ SWITCHYARD_DNS_SERVERS: 'nonsense' })
    const { id } = (await postDomain(plainName)).json
    const checked = await call(checkDns.POST, 'POST', { params: withId(id) })
    expect(checked).toMatchObject({ status: 200, json: { version: 1, dns: { state: 'unknown' } } })
    expect((await getDomain(id)).dns).toEqual(checked.json.dns)
    expect(checked.json.dns.checkedAt).not.toBeNull()
  })
})
