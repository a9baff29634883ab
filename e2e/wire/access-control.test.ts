import { Resolver } from 'node:dns/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createGateway, createNetwork, gatewayRuns } from '@/e2e/create-gateway.ts'
import { createWorkspace, type DeployedService, deployService } from '@/e2e/deploy-service.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { Connectivity, GatewayVpcLink } from '@/lib/domain/gateway-network.ts'

/**
 * Every control of a gateway's access tabs, by what callers see: the call before and after, from two addresses of this
 * machine of which one is let in.
 */

const allowed = '127.0.0.2'
const refused = '127.0.0.3'
const workspace = '/workspaces/acme'
/** What a caller gets where nobody listens. */
const closed = 'closed'
const changeWithin = { withinMs: 5000, everyMs: 20 }

let installation: Installation
let model: Server
let api: ConsoleApi
let network: { readonly vpcId: string; readonly vswitchIds: readonly string[] }

beforeAll(async () => {
  model = createServer((asked, answer) => {
    asked.resume()
    answer.end('ok')
  }).listen(0, '127.0.0.1')
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'acme')
  const made = await createNetwork(api, 'acme', {
    name: 'loopback',
    cidr: '127.0.0.0/8',
    vswitches: { 'local-a': '127.1.0.0/16', 'local-b': '127.2.0.0/16' },
  })
  network = { vpcId: made.vpc.id, vswitchIds: made.vswitches.map(({ id }) => id) }
})
afterAll(async () => {
  await installation?.stop()
  model?.closeAllConnections()
  model?.close()
})

interface Subject {
  readonly path: string
  readonly service: DeployedService
}

const modelUrl = () => `http://127.0.0.1:${(model.address() as AddressInfo).port}`

async function makeManaged(name: string): Promise<Subject> {
  const gateway = await createGateway(api, 'acme', { type: 'managed', name, spec: '2c4g', nodes: 1 })
  const input = { name: `on_${name}`, url: modelUrl(), gatewayId: gateway.id }
  return { path: `${workspace}/gateways/${gateway.id}`, service: await deployService(api, 'acme', input) }
}

const read = ({ path }: Subject) => api.get<Gateway>(path)
const put = async (path: string, body: unknown) => {
  const answer = await api.send(`PUT`, path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}
const setInternet = ({ path }: Subject, body: object) => put(`${path}/internet`, body)
const setWhitelist = ({ path }: Subject, cidrs: readonly string[]) =>
  put(
    `${path}/internet/whitelist`,
    cidrs.map((cidr) => ({ cidr })),
  )

/** The status that a caller at an address gets, or `closed`. */
function call(
  url: string,
  from: string,
  { name, token }: DeployedService,
  headers: Record<string, string> = {},
): Promise<number | string> {
  return new Promise((resolve, reject) => {
    const asking = request(
      `${url.replace('localhost', '127.0.0.1')}/api/predict/${name}/`,
      { localAddress: from, agent: false, method: 'POST', headers: { authorization: token, ...headers } },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', reject)
      },
    )
    asking.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? closed : String(error.code)),
    )
    asking.end()
  })
}

/** Waits until the two addresses get what they should; a change may take a moment, and then stays. */
async function expectCalls(
  what: string,
  subject: Subject,
  url: string,
  wanted: readonly [allowed: number | string, refused: number | string],
): Promise<void> {
  let last: readonly (number | string)[] = []
  await until(
    `${what}: ${wanted.join(' and ')}`,
    async () => {
      last = await Promise.all([call(url, allowed, subject.service), call(url, refused, subject.service)])
      return last[0] === wanted[0] && last[1] === wanted[1]
    },
    changeWithin,
  ).catch((cause: unknown) => {
    throw new Error(`${what}: wanted ${wanted.join(' and ')}, got ${last.join(' and ')}`, { cause })
  })
}

async function addressOf(subject: Subject, side: 'internet' | 'vpc'): Promise<string> {
  const { address } = (await read(subject))[side]
  if (address === null) throw new Error(`The ${side} side has no address.`)
  return address
}

describe('a fully managed gateway', () => {
  let subject: Subject
  beforeAll(async () => {
    subject = await makeManaged('edge')
  })

  test('Access Portal: nobody, then those on the list, then no listener', async () => {
    await setInternet(subject, { enabled: true })
    const url = await addressOf(subject, 'internet')
    await gatewayRuns(api, 'acme', 'edge')
    await expectCalls('on with an empty list', subject, url, [403, 403])
    await setWhitelist(subject, [`${allowed}/32`])
    await expectCalls('one address listed', subject, url, [200, 403])
    await setWhitelist(subject, ['127.0.0.2/31'])
    await expectCalls('a wider block', subject, url, [200, 200])
    await setWhitelist(subject, [`${refused}/32`])
    await expectCalls('the other one listed', subject, url, [403, 200])
    await setWhitelist(subject, ['2001:db8::/32'])
    await expectCalls('only IPv6 listed', subject, url, [403, 403])
    await setWhitelist(subject, [`${allowed}/32`])
    await setInternet(subject, { enabled: false })
    await expectCalls('off', subject, url, [closed, closed])
    await setInternet(subject, { enabled: true })
    await expectCalls('on again, with the list of before', subject, url, [200, 403])
  })

  test('a change acts within a second', async () => {
    const url = await addressOf(subject, 'internet')
    for (const cidr of [`${refused}/32`, `${allowed}/32`]) {
      await setWhitelist(subject, [cidr])
      const begun = performance.now()
      const isIn = cidr.startsWith(allowed)
      await expectCalls(`after ${cidr}`, subject, url, isIn ? [200, 403] : [403, 200])
      expect(performance.now() - begun).toBeLessThan(1000)
    }
  })

  test('a forwarded address counts from a trusted proxy alone', async () => {
    const url = await addressOf(subject, 'internet')
    const from = (address: string, forwarded: string) =>
      call(url, address, subject.service, { 'x-forwarded-for': forwarded })
    await setWhitelist(subject, ['203.0.113.7/32'])
    await expectCalls('a forged header from anyone', subject, url, [403, 403])
    expect(await from(allowed, '203.0.113.7')).toBe(403)
    const { version } = await read(subject)
    await api.patch(subject.path, { version, trustedProxies: [`${allowed}/32`] })
    await until(
      'the proxy is believed',
      async () => (await from(allowed, '203.0.113.7')) === 200,
      changeWithin,
    )
    expect(await from(allowed, '203.0.113.8')).toBe(403)
    expect(await from(refused, '203.0.113.7')).toBe(403)
    await api.patch(subject.path, { version: (await read(subject)).version, trustedProxies: [] })
    await until('nobody is believed', async () => (await from(allowed, '203.0.113.7')) === 403, changeWithin)
  })

  test('Check connectivity says what the console got', async () => {
    const check = () => api.post<Connectivity>(`${subject.path}/check-connectivity`, { side: 'internet' })
    await setWhitelist(subject, [`${allowed}/32`])
    await until('the console is refused', async () => (await check()).outcome === 'refused', changeWithin)
    await setWhitelist(subject, ['127.0.0.0/8'])
    const reached = await until('the console is let in', async () => {
      const found = await check()
      return found.outcome === 'reached' ? found : null
    })
    expect(reached.steps.map(({ step, ok }) => [step, ok])).toEqual([
      ['resolve', true],
      ['connect', true],
      ['http', true],
    ])
  })

  test('Add VPC, Modify Whitelist, Delete: those inside, those of them on the list, no listener', async () => {
    const link = await api.post<GatewayVpcLink>(`${subject.path}/vpcs`, network)
    const url = await addressOf(subject, 'vpc')
    expect(link.endpoint).toBe(url)
    await expectCalls('added', subject, url, [200, 200])
    const list = `${subject.path}/vpcs/${link.id}/whitelist`
    await put(list, [{ cidr: `${allowed}/32` }])
    await expectCalls('one address listed', subject, url, [200, 403])
    await put(list, [{ cidr: '10.0.0.0/8' }])
    await expectCalls('a block outside the VPC listed', subject, url, [403, 403])
    await api.delete(`${subject.path}/vpcs/${link.id}`)
    await expectCalls('deleted', subject, url, [closed, closed])
  })

  test('a VPC lets in its own addresses alone, and its name server answers them alone', async () => {
    const small = await createNetwork(api, 'acme', {
      name: 'small',
      cidr: `${allowed}/32`,
      vswitches: { 'local-a': `${allowed}/32` },
    })
    const body = { vpcId: small.vpc.id, vswitchIds: small.vswitches.map(({ id }) => id) }
    const link = await api.post<GatewayVpcLink>(`${subject.path}/vpcs`, { ...body, authoritativeDns: true })
    const url = await addressOf(subject, 'vpc')
    await expectCalls('inside and outside the VPC', subject, url, [200, 403])
    const ask = async (from: string) => {
      const resolver = new Resolver({ timeout: 1000, tries: 1 })
      resolver.setLocalAddress(from)
      resolver.setServers([`127.0.0.1:${installation.dnsPort}`])
      return await resolver.resolve4('gw-edge-vpc.localhost')
    }
    const found = await until('the name server answers', () => ask(allowed))
    expect(found.length).toBeGreaterThan(0)
    await expect(ask(refused)).rejects.toMatchObject({ code: 'EREFUSED' })
    await api.patch(`${subject.path}/vpcs/${link.id}`, { version: link.version, authoritativeDns: false })
    await until('the name server is gone', () =>
      ask(allowed).then(
        () => false,
        () => true,
      ),
    )
    await api.delete(`${subject.path}/vpcs/${link.id}`)
  })

  test('a hundred changes under load refuse nobody who is let in, and let nobody in who is not', async () => {
    const url = await addressOf(subject, 'internet')
    await setWhitelist(subject, [`${allowed}/32`])
    await expectCalls('before', subject, url, [200, 403])
    const seen = { allowed: new Map<number | string, number>(), refused: new Map<number | string, number>() }
    let changing = true
    const load = async (from: string, counts: Map<number | string, number>) => {
      while (changing) {
        const status = await call(url, from, subject.service)
        counts.set(status, (counts.get(status) ?? 0) + 1)
      }
    }
    const loads = [load(allowed, seen.allowed), load(refused, seen.refused)]
    try {
      for (let change = 0; change < 100; change++) {
        const others = Array.from({ length: change % 14 }, (_, index) => `203.0.113.${index}/32`)
        await setWhitelist(subject, [...others, `${allowed}/32`])
      }
    } finally {
      changing = false
      await Promise.all(loads)
    }
    expect([...seen.allowed.keys()]).toEqual([200])
    // A change breaks connections of those who may not call, so a few of them do not even read their 403.
    expect([...seen.refused.keys()].filter((status) => status !== 'ECONNRESET')).toEqual([403])
    expect(seen.allowed.get(200)).toBeGreaterThan(100)
  })
})

describe('an ALB gateway', () => {
  test('each side opens for everybody on it, narrows, and closes; without a side nothing runs', async () => {
    const gateway = await createGateway(api, 'acme', { type: 'alb', name: 'core', nodes: 1, nodesMax: 2 })
    const path = `${workspace}/gateways/${gateway.id}`
    expect(gateway.status).toMatchObject({ state: 'stopped' })
    await put(`${path}/internet`, { enabled: true, ...network })
    const input = { name: 'on_core', url: modelUrl(), gatewayId: gateway.id, vpcId: network.vpcId }
    const subject = { path, service: await deployService(api, 'acme', input) }
    await gatewayRuns(api, 'acme', 'core')
    const internet = await addressOf(subject, 'internet')
    await expectCalls('Internet access on', subject, internet, [200, 200])
    await setWhitelist(subject, [`${allowed}/32`])
    await expectCalls('its list narrowed', subject, internet, [200, 403])

    const link = await api.post<GatewayVpcLink>(`${path}/vpcs`, network)
    const vpc = await addressOf(subject, 'vpc')
    await expectCalls('VPC added', subject, vpc, [200, 200])
    await put(`${path}/vpcs/${link.id}/whitelist`, [{ cidr: `${allowed}/32` }])
    await expectCalls('VPC whitelist modified', subject, vpc, [200, 403])
    await setInternet(subject, { enabled: false })
    await expectCalls('Internet access off', subject, internet, [closed, closed])
    await expectCalls('and the VPC side as before', subject, vpc, [200, 403])
    await api.delete(`${path}/vpcs/${link.id}`)
    await expectCalls('VPC deleted', subject, vpc, [closed, closed])
    await until('nothing of it runs', async () => (await read(subject)).status.state === 'stopped')
    expect((await installation.pids()).dedicated.get(gateway.id) ?? []).toEqual([])
  })
})
