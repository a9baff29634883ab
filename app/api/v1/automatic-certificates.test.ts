import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { AcmeServer } from '@/e2e/fakes/acme-server.ts'
import { renewDue } from '@/lib/console/domains/renew-regularly.ts'
import { type FollowingNode, followAsNode } from '@/lib/console/testing/follow-as-node.ts'
import { publishedSnapshot } from '@/lib/console/testing/published-snapshot.ts'
import { call, closeTestConsoles } from '@/lib/console/testing/test-console.ts'
import { describeOnBothDatabases } from '@/lib/persistence/testing/test-database.ts'
import {
  dayMs,
  getDomain,
  params,
  plainName,
  postDomain,
  startWithNames,
  withId,
} from './testing/domain-names.ts'
import * as certificates from './workspaces/[workspace]/certificates/route.ts'
import * as orderNow from './workspaces/[workspace]/domains/[id]/order-certificate/route.ts'
import * as domainId from './workspaces/[workspace]/domains/[id]/route.ts'

describeOnBothDatabases('domain names with an automatic certificate', (open) => {
  closeTestConsoles()
  const start = async (environment?: Record<string, string>) => startWithNames(await open(), environment)

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
      .poll(() => getDomain(id), { timeout: 20_000 })
      .toMatchObject({ certificateError: null, certificate: { name: 'acme-api-example-com' } })

  const automatic = { gatewayId: 'shared', name: 'api.example.com', automaticCertificate: true }

  test('get it from the ACME server, and answer its challenge until then', async () => {
    const { acme, database, node } = await startWithAcme()
    const made = await postDomain({ ...automatic, forceHttps: true })
    expect(made.json).toMatchObject({ effect: 'waiting-for-certificate', certificate: null })
    await expect
      .poll(async () => (await getDomain(made.json.id)).certificate, { timeout: 20_000 })
      .toMatchObject({ name: 'acme-api-example-com' })
    expect(acme.fetched).toHaveLength(1)
    expect(acme.issued).toEqual(['api.example.com'])
    await expect.poll(() => getDomain(made.json.id)).toMatchObject({ effect: 'live', certificateError: null })
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
    const { id } = (await postDomain(automatic)).json
    await ordered(id)
    const first = (await getDomain(id)).certificate
    clock.advance(59 * dayMs)
    expect(await renewDue()).toBe(0)
    clock.advance(2 * dayMs)
    await node.report()
    acme.days = 180
    expect(await renewDue()).toBe(1)
    await expect
      .poll(async () => (await getDomain(id)).certificate.daysLeft, { timeout: 20_000 })
      .toBeGreaterThan(100)
    expect((await getDomain(id)).certificate.id).toBe(first.id)
    expect(acme.accounts).toBe(1)
    expect(await renewDue()).toBe(0)
  })

  test('say why it was refused, wait longer each time, and are tried again on demand', async () => {
    const { acme, clock, node, database } = await startWithAcme()
    acme.refuse = 'This name is on a list.'
    const { id } = (await postDomain({ ...automatic, forceHttps: true })).json
    const failure = () => expect.poll(async () => (await getDomain(id)).certificateError, { timeout: 20_000 })
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
    const { id } = (await postDomain(automatic)).json
    await expect
      .poll(async () => (await getDomain(id)).certificateError, { timeout: 20_000 })
      .toContain('answered: somebody else’s page')
    expect(acme.issued).toEqual([])
    await expect.poll(() => database.acmeChallenge.count()).toBe(0)
    await expect.poll(async () => (await publishedSnapshot())?.acmeChallenges).toEqual([])
  })

  test('take it along when they are deleted', async () => {
    await startWithAcme()
    const { id } = (await postDomain(automatic)).json
    await ordered(id)
    expect((await call(domainId.DELETE, 'DELETE', { params: withId(id) })).status).toBe(204)
    expect((await call(certificates.GET, 'GET', { params })).json.items).toEqual([])
  })

  test('say that nobody can be reached', async () => {
    await start({ SWITCHYARD_ACME_DIRECTORY: 'http://127.0.0.1:1/directory' })
    const { id } = (await postDomain(automatic)).json
    await expect
      .poll(async () => (await getDomain(id)).certificateError, { timeout: 20_000 })
      .toBe('The ACME server could not be reached (ECONNREFUSED).')
  })

  test('are not ordered for a name without one', async () => {
    await start()
    const { id } = (await postDomain(plainName)).json
    const refused = await call(orderNow.POST, 'POST', { params: withId(id) })
    expect(refused).toMatchObject({ status: 409, json: { code: 'conflict' } })
  })
})
