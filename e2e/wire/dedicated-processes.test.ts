import { execFileSync } from 'node:child_process'
import { Resolver } from 'node:dns/promises'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatBody } from '@/e2e/call-service.ts'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace, type DeployedService, deployService } from '@/e2e/deploy-service.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import { type StreamServer, startStreamServer } from '@/lib/cli/testing/stream-server.ts'
import { openStreams, type SteadyRequests, startRequests } from '@/lib/cli/testing/traffic.ts'
import type { Gateway, GatewayNode } from '@/lib/domain/gateway.ts'
import type { GatewayVpcLink } from '@/lib/domain/gateway-network.ts'

/** A fully managed gateway beside the shared one, as it looks to callers while processes of either die or are replaced. */

const gateways = '/workspaces/dedicated/gateways'
const loopback = [
  { cidr: '127.0.0.0/8', note: 'this machine' },
  { cidr: '::1/128', note: 'this machine' },
]
let installation: Installation
let model: StreamServer
let api: ConsoleApi
let own: Gateway
let shared: Caller
let dedicated: Caller

interface Caller {
  readonly service: DeployedService
  readonly url: string
}

beforeAll(async () => {
  model = await startStreamServer({ paceMs: 200 })
  installation = await startInstallation({
    env: {
      SWITCHYARD_GATEWAY_NODES: '2',
      SWITCHYARD_DRAIN_SECONDS: '10',
      SWITCHYARD_GATEWAY_ADDRESSES: '127.0.0.1',
    },
  })
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'dedicated')
  own = await api.post<Gateway>(gateways, { type: 'managed', name: 'own', spec: '2c4g', nodes: 2 })
  await api.send('PUT', `${gateways}/${own.id}/internet`, { enabled: true })
  await api.send('PUT', `${gateways}/${own.id}/internet/whitelist`, loopback)
  const onShared = await deployService(api, 'dedicated', { name: 'on_shared', url: model.upstream.url })
  const onOwn = await deployService(api, 'dedicated', {
    name: 'on_own',
    url: model.upstream.url,
    gatewayId: own.id,
  })
  const address = await until(
    'the gateway has an address',
    async () => (await readGateway()).internet.address,
  )
  shared = { service: onShared, url: urlOf(installation.internetUrl, onShared) }
  dedicated = { service: onOwn, url: urlOf(`http://${address.replace(/^https?:\/\//, '')}`, onOwn) }
  await until(
    'both answer',
    async () => (await statusOf(shared)) === 200 && (await statusOf(dedicated)) === 200,
  )
  await until('the gateway runs', isRunning)
})
afterAll(async () => {
  model?.finish()
  await installation?.stop()
  await model?.close()
})

function urlOf(base: string, { name }: DeployedService): string {
  return `${base}/api/predict/${name}/v1/chat/completions`
}

async function statusOf({ service, url }: Caller): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: service.token, 'content-type': 'application/json' },
    body: chatBody,
  })
  await answer.arrayBuffer()
  return answer.status
}

const readGateway = () => api.get<Gateway>(`${gateways}/${own.id}`)

async function isRunning(): Promise<boolean> {
  const { status, nodesRunning, nodes } = await readGateway()
  return status.state === 'running' && nodesRunning === nodes
}

/** Below the rate that a service of the shared gateway is limited to by default. */
function steadyRequests({ service, url }: Caller): SteadyRequests {
  const headers = { authorization: service.token, 'content-type': 'application/json' }
  return startRequests(url, { callers: 4, pauseMs: 8, headers, body: chatBody })
}

async function moreAnswers(requests: SteadyRequests, count: number): Promise<void> {
  const enough = requests.answered() + count
  await until('requests go on', () => requests.answered() >= enough)
}

async function pidsOf(gatewayId: string): Promise<readonly number[]> {
  const pids = await installation.pids()
  return gatewayId === 'shared' ? pids.gateways : (pids.dedicated.get(gatewayId) ?? [])
}

test('each gateway has processes and ports of its own', async () => {
  const { gateways: ofShared, dedicated: ofOthers } = await installation.pids()
  expect([...ofOthers.keys()]).toEqual([own.id])
  expect(ofOthers.get(own.id)).toHaveLength(2)
  const { items } = await api.get<{ items: GatewayNode[] }>(`${gateways}/${own.id}/nodes`)
  expect(items.map(({ pid }) => pid).sort()).toEqual([...(ofOthers.get(own.id) ?? [])].sort())
  expect(ofShared.filter((pid) => ofOthers.get(own.id)?.includes(pid))).toEqual([])
  const [first, last] = installation.dedicatedPorts
  const port = Number(new URL(dedicated.url).port)
  expect(port).toBeGreaterThanOrEqual(first)
  expect(port).toBeLessThanOrEqual(last)
})

test.each([
  ['dedicated', 'shared', () => own.id, () => shared],
  ['shared', 'dedicated', () => 'shared', () => dedicated],
])(
  'killing the %s gateway’s processes costs callers of the %s one nothing',
  async (_a, _b, victim, caller) => {
    const requests = steadyRequests(caller())
    await moreAnswers(requests, 20)
    for (let round = 0; round < 5; round++) {
      const pids = await until('both processes are there', async () => {
        const found = await pidsOf(victim())
        return found.length === 2 && found
      })
      for (const pid of pids) process.kill(pid, 'SIGKILL')
      await moreAnswers(requests, 30)
    }
    const counts = await requests.stop()
    console.log(`${counts.get('200')} × 200, the slowest ${requests.slowest().toFixed(0)} ms`)
    expect([...counts.keys()]).toEqual(['200'])
    await until('both gateways answer again', async () => {
      const statuses = await Promise.all([statusOf(shared), statusOf(dedicated)])
      return statuses.every((status) => status === 200)
    })
  },
)

test('another specification under 500 streams drops none', async () => {
  await until('the gateway runs', isRunning)
  const before = await pidsOf(own.id)
  const { token } = dedicated.service
  const streams = openStreams(dedicated.url, 500, { authorization: token })
  const requests = steadyRequests(dedicated)
  await until('every stream began', () => streams.begun() === 500)
  const { version } = await readGateway()
  await api.patch(`${gateways}/${own.id}`, { version, spec: '4c8g', nodes: 3 })
  const fresh = async () => (await pidsOf(own.id)).filter((pid) => !before.includes(pid))
  await until('three other processes run', async () => (await fresh()).length === 3, { withinMs: 60_000 })
  const waiting = await until('the page says how many streams are left', async () => {
    const { operation } = await readGateway()
    return operation !== null && operation.openOnOldNodes > 0 && operation
  })
  expect(waiting.kind).toBe('change-specification')
  expect(model.open.size).toBe(500)
  await moreAnswers(requests, 50)
  model.finish()
  const outcomes = await streams.outcomes
  expect(outcomes.filter(({ isWhole }) => isWhole)).toHaveLength(500)
  const counts = await requests.stop()
  console.log(`${counts.get('200')} × 200 meanwhile, the slowest ${requests.slowest().toFixed(0)} ms`)
  expect([...counts.keys()]).toEqual(['200'])
  await until('only the three are left', async () => (await pidsOf(own.id)).length === 3)
  await until('it is at rest', async () => (await isRunning()) && (await readGateway()).operation === null)
  const memory = (await pidsOf(own.id)).map((pid) => {
    const words = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return /--max-old-space-size=(\d+)/.exec(words)?.[1]
  })
  expect(memory).toEqual(['6144', '6144', '6144'])
})

test('a reload replaces the processes of every gateway', async () => {
  const before = await installation.pids()
  const requests = [steadyRequests(shared), steadyRequests(dedicated)]
  const reload = await installation.command('reload')
  expect(reload).toMatchObject({ exitCode: 0 })
  for (const each of requests) {
    await moreAnswers(each, 20)
    expect([...(await each.stop()).keys()]).toEqual(['200'])
  }
  const old = new Set([...before.gateways, ...(before.dedicated.get(own.id) ?? [])])
  await until('none of the old processes is left', async () => {
    const pids = [...(await pidsOf('shared')), ...(await pidsOf(own.id))]
    return pids.length === 5 && pids.every((pid) => !old.has(pid))
  })
})

test('without a console a dedicated gateway serves and is restarted', async () => {
  const { console: console_ } = await installation.pids()
  // Stopped, not killed: it would come back at once.
  process.kill(console_, 'SIGSTOP')
  try {
    const before = await pidsOf(own.id)
    for (const pid of before) process.kill(pid, 'SIGKILL')
    await until('others serve', async () => (await statusOf(dedicated)) === 200)
    expect((await pidsOf(own.id)).filter((pid) => before.includes(pid))).toEqual([])
  } finally {
    process.kill(console_, 'SIGCONT')
  }
})

test('a name server runs while a gateway has authoritative DNS, and answers its VPC alone', async () => {
  const vpc = await api.post<{ id: string }>('/workspaces/dedicated/vpcs', {
    name: 'inside',
    cidrs: ['127.1.0.0/16'],
  })
  const vswitch = await api.post<{ id: string }>('/workspaces/dedicated/vswitches', {
    vpcId: vpc.id,
    name: 'inside-a',
    zone: 'local-a',
    cidr: '127.1.1.0/24',
  })
  const links = `${gateways}/${own.id}/vpcs`
  const link = await api.post<GatewayVpcLink>(links, {
    vpcId: vpc.id,
    vswitchIds: [vswitch.id],
    authoritativeDns: true,
  })
  const ask = (from: string) => {
    const resolver = new Resolver({ tries: 1, timeout: 2_000 })
    resolver.setServers([`127.0.0.1:${installation.dnsPort}`])
    resolver.setLocalAddress(from)
    return resolver.resolve4('gw-own-vpc.localhost').catch((error: { code: string }) => error.code)
  }
  await until('the name is answered', async () => Array.isArray(await ask('127.1.0.7')))
  expect(await ask('127.1.0.7')).toEqual(['127.0.0.1'])
  expect(await ask('127.0.0.1')).toBe('EREFUSED')
  await api.delete(`${links}/${link.id}`)
  await until('nobody answers any more', async () => (await ask('127.1.0.7')) === 'ECONNREFUSED')
})

test('a port that is taken is told on the gateway’s page, and opens once it is free', async () => {
  const [first, last] = installation.dedicatedPorts
  const takers = []
  for (let port = first; port <= last; port++) {
    const taker = createServer()
    const isFree = await new Promise((resolve) => {
      taker.once('error', () => resolve(false))
      taker.listen(port, '0.0.0.0', () => resolve(true))
    })
    if (isFree) takers.push(taker)
  }
  const other = await api.post<Gateway>(gateways, { type: 'managed', name: 'other', spec: '2c4g', nodes: 1 })
  const path = `${gateways}/${other.id}`
  await api.send('PUT', `${path}/internet`, { enabled: true })
  await until('it says who has the port', async () =>
    /Port \d+ is taken/.test(JSON.stringify(await api.get<Gateway>(path))),
  )
  expect(await statusOf(dedicated)).toBe(200)
  await Promise.all(takers.map((taker) => new Promise((resolve) => taker.close(resolve))))
  await until(
    'it runs',
    async () => {
      const gateway = await api.get<Gateway>(path)
      return gateway.status.state === 'running' && !JSON.stringify(gateway).includes('is taken')
    },
    { withinMs: 40_000 },
  )
  await api.delete(`${path}?confirm=other`)
  await until('its processes are gone', async () => (await pidsOf(other.id)).length === 0)
})
