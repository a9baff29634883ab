import http from 'node:http'
import net from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chatBody } from '@/e2e/call-service.ts'
import { type ConsoleApi, createConsoleApi } from '@/e2e/console-api.ts'
import { createWorkspace, type DeployedService, deployService, readService } from '@/e2e/deploy-service.ts'
import { createModelServer, type ModelServer } from '@/e2e/fakes/model-server.ts'
import { createNacosServer, type NacosServer } from '@/e2e/fakes/nacos-server.ts'
import { type Installation, startInstallation } from '@/e2e/start-installation.ts'
import { until } from '@/e2e/until.ts'
import { type StreamServer, startStreamServer } from '@/lib/cli/testing/stream-server.ts'
import { openStreams } from '@/lib/cli/testing/traffic.ts'
import type { Gateway } from '@/lib/domain/gateway.ts'
import type { CreateInferenceServiceForm } from '@/lib/domain/inference-service.ts'
import type { ServiceEndpoints } from '@/lib/domain/service-endpoints.ts'
import type { MoveServicesResult } from '@/lib/domain/service-move.ts'
import type { TestRequestResult } from '@/lib/domain/test-request.ts'

/** VPC direct connection, NLB and Nacos as callers of several addresses meet them; and services that change gateways. */

const workspace = '/workspaces/ways'
const allowed = '127.0.0.2'
const refused = '127.0.0.3'
let installation: Installation
let api: ConsoleApi
let model: ModelServer
let nacos: NacosServer
let access: { vpcId: string; securityGroupId: string }
let own: Gateway

beforeAll(async () => {
  model = await createModelServer({ paceMs: 10 })
  nacos = await createNacosServer({ user: { name: 'nacos', password: 'nacos-secret' } })
  installation = await startInstallation()
  api = createConsoleApi(installation.consoleUrl, installation.apiToken)
  await createWorkspace(api, 'ways')
  const vpc = await api.post<{ id: string }>(`${workspace}/vpcs`, { name: 'core', cidrs: ['127.0.0.0/24'] })
  const rule = { direction: 'inbound', protocol: 'tcp', cidr: `${allowed}/32`, action: 'allow' }
  const group = await api.post<{ id: string }>(`${workspace}/security-groups`, {
    name: 'callers',
    rules: [rule],
  })
  access = { vpcId: vpc.id, securityGroupId: group.id }
  own = await api.post<Gateway>(`${workspace}/gateways`, { type: 'managed', name: 'own', nodes: 1 })
  await api.send('PUT', `${workspace}/gateways/${own.id}/internet`, { enabled: true })
  await allow(['127.0.0.0/8', '::1/128'])
  await until('the gateway runs', async () => (await readGateway()).status.state === 'running')
})
afterAll(async () => {
  await installation?.stop()
  await nacos?.close()
  await model?.close()
})

const readGateway = () => api.get<Gateway>(`${workspace}/gateways/${own.id}`)

function allow(blocks: readonly string[]) {
  const entries = blocks.map((cidr) => ({ cidr }))
  return api.send('PUT', `${workspace}/gateways/${own.id}/internet/whitelist`, entries)
}

function deploy(
  name: string,
  fields: Omit<Partial<CreateInferenceServiceForm>, 'name' | 'instances'> = {},
): Promise<DeployedService> {
  return deployService(api, 'ways', { name, url: model.url, ...fields })
}

async function sidesOf(service: DeployedService, way: string) {
  const { methods } = await api.get<ServiceEndpoints>(`${service.path}/endpoints`)
  return methods.find(({ method }) => method === way)?.sides ?? []
}

/** The addresses of a way once it is there. */
async function addressesOf(service: DeployedService, way: string): Promise<readonly string[]> {
  return until(`${way} is available`, async () => {
    const side = (await sidesOf(service, way)).find(({ available }) => available)
    return side && side.addresses.length > 0 && side.addresses
  })
}

interface Seen {
  readonly status: number
  readonly body: string
}

/** Asks with a source address of its own; the printed host is this machine. */
function callFrom(localAddress: string, url: string, body: string | null = null): Promise<Seen> {
  const target = new URL(url)
  target.hostname = '127.0.0.1'
  const headers = { host: new URL(url).host, 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const method = body === null ? 'GET' : 'POST'
    const request = http.request(target, { method, headers, localAddress, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
    })
    request.on('error', reject)
    request.end(body)
  })
}

describe('VPC direct connection', () => {
  test('lists instances to callers that the security group lets in, in both forms of the SDKs', async () => {
    const service = await deploy('direct', { ...access, vpcDirect: true })
    const addresses = await addressesOf(service, 'vpc-direct')
    expect(addresses).toHaveLength(2)
    for (const address of addresses) {
      const listed = await until('the service is served', async () => {
        const answer = await callFrom(allowed, address)
        return answer.status === 200 && answer
      })
      expect(JSON.parse(listed.body)).toEqual({
        endpoints: { items: [{ app: 'direct', ip: '127.0.0.1', port: model.port, weight: 1 }] },
      })
      const denied = await callFrom(refused, address)
      expect(denied.status).toBe(403)
      expect(denied.body).toContain('security_group_denied')
    }
    const called = await callFrom(allowed, `${model.url}/v1/chat/completions`, chatBody)
    expect(called.status).toBe(200)
  })

  test('lists nobody before it is switched on', async () => {
    const service = await deploy('not_direct', access)
    expect(await sidesOf(service, 'vpc-direct')).toMatchObject([{ unavailableReason: 'not-enabled' }])
    const path = '/api/v1/servicediscovery/upstreams/not_direct'
    expect((await callFrom(allowed, `${installation.vpcUrl}${path}`)).status).toBe(404)
  })
})

describe('NLB', () => {
  test('passes connections of callers that the security group lets in on, and closes others', async () => {
    const service = await deploy('listener', { ...access, nlb: [{ side: 'vpc' }] })
    const [address = ''] = await addressesOf(service, 'nlb')
    const url = `http://${address}/v1/chat/completions`
    const answer = await until('the listener is open', () => callFrom(allowed, url, chatBody))
    expect(answer.status).toBe(200)
    await expect(callFrom(refused, url, chatBody)).rejects.toThrow()
    const { version } = await readService(api, service)
    await api.patch(service.path, { version, nlb: [] })
    await until('the port is closed', () => isRefused(Number(address.split(':').at(-1))))
  })
})

function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' })
    const settle = (refusedIt: boolean) => {
      socket.destroy()
      resolve(refusedIt)
    }
    socket.on('connect', () => settle(false)).on('error', () => settle(true))
  })
}

describe('Nacos', () => {
  const registered = (name: string) =>
    nacos.state.list('public', `DEFAULT_GROUP@@${name}`).map(({ ip, port }) => `${ip}:${port}`)

  test('knows ready instances while the service runs', async () => {
    const login = { username: 'nacos', password: 'nacos-secret' }
    const servers = ['http://127.0.0.1:1', nacos.url]
    const service = await deploy('registered', { ...access, nacos: [{ servers, ...login }] })
    const instance = [`127.0.0.1:${model.port}`]
    await until('the instance is registered', () => registered('registered').length > 0)
    expect(registered('registered')).toEqual(instance)
    expect(await addressesOf(service, 'nacos')).toContain(`DEFAULT_GROUP@@registered at ${nacos.url}`)
    const act = async (what: 'start' | 'stop') =>
      api.post(`${service.path}/${what}`, { version: (await readService(api, service)).version })
    await act('stop')
    await until('it is withdrawn', () => registered('registered').length === 0)
    await act('start')
    await until('it is back', () => registered('registered').length > 0)
    const { version, nacos: stored } = await readService(api, service)
    const [{ id } = { id: '' }] = stored
    await api.patch(service.path, {
      version,
      nacos: [{ id, servers, username: 'nacos', serviceName: 'other' }],
    })
    await until('the other name is registered', () => registered('other').length > 0)
    await until('the old name is withdrawn', () => registered('registered').length === 0)
  })

  test('forgets instances that are not ready', async () => {
    const login = { username: 'nacos', password: 'nacos-secret' }
    const healthCheck = {
      path: '/health',
      intervalMs: 1000,
      timeoutMs: 500,
      unhealthyAfter: 1,
      healthyAfter: 1,
    }
    await deploy('checked', { ...access, healthCheck, nacos: [{ servers: [nacos.url], ...login }] })
    await until('the instance is registered', () => registered('checked').length > 0)
    model.setHealthy(false)
    await until('it is withdrawn', () => registered('checked').length === 0)
    model.setHealthy(true)
    await until('it is back', () => registered('checked').length > 0)
  })
})

describe('a service that changes gateways', () => {
  let streams: StreamServer
  beforeAll(async () => {
    streams = await startStreamServer({ paceMs: 100 })
  })
  afterAll(() => streams.close())

  const endpointOf = (service: DeployedService, way: string) =>
    until('its address is there', async () => {
      const side = (await sidesOf(service, way)).find((one) => one.side === 'internet')
      return side?.available && side.endpoint
    })
  const moveTo = async (service: DeployedService, gatewayId: string) => {
    const body = { gatewayId, serviceIds: [service.id] }
    const { items } = await api.post<MoveServicesResult>(`${workspace}/inference-services/move`, body)
    expect(items).toMatchObject([{ outcome: 'moved', complaints: [] }])
  }

  test('drops no stream and no request, whichever way it goes', async () => {
    const service = await deployService(api, 'ways', { name: 'moving', url: streams.upstream.url })
    const onShared = await endpointOf(service, 'shared-gateway')
    const authorization = { authorization: service.token }
    const call = (endpoint: string) =>
      fetch(`${endpoint}/x`, { method: 'POST', headers: authorization, body: 'x' }).then(async (answer) => {
        await answer.arrayBuffer()
        return answer.status
      })
    await until('it answers', async () => (await call(onShared)) === 200)
    const open = openStreams(`${onShared}/stream`, 50, authorization)
    await until('every stream began', () => open.begun() === 50)

    const outcomes = new Map<number, number>()
    let isCalling = true
    const addresses = new Set([onShared])
    const caller = async () => {
      while (isCalling) {
        for (const address of addresses) {
          const status = await call(address)
          outcomes.set(status, (outcomes.get(status) ?? 0) + 1)
        }
      }
    }
    const callers = Promise.all(Array.from({ length: 4 }, caller))
    await moveTo(service, own.id)
    const onOwn = await endpointOf(service, 'dedicated-gateway')
    addresses.add(onOwn)
    await until('it answers there', async () => (await call(onOwn)) === 200)
    await until('it has left the shared gateway', async () => (await call(onShared)) === 404)
    for (const gatewayId of ['shared', own.id, 'shared']) {
      await moveTo(service, gatewayId)
      const [here, there] = gatewayId === 'shared' ? [onShared, onOwn] : [onOwn, onShared]
      await until('it answers there', async () => (await call(here)) === 200)
      await until('it has left', async () => (await call(there)) === 404)
    }
    isCalling = false
    await callers
    expect([...outcomes.keys()].sort()).toEqual([200, 404])
    console.log(`${outcomes.get(200)} × 200 through four moves, 50 streams open`)
    streams.finish()
    const ended = await open.outcomes
    expect(ended.filter(({ isWhole }) => isWhole)).toHaveLength(50)
  })

  test('is tested through its own gateway, which may refuse the console', async () => {
    const service = await deploy('tested', { gatewayId: own.id })
    const send = () => api.post<TestRequestResult>(`${service.path}/test-request`)
    await until('it answers', async () => (await send()).status === 200)
    await allow([`${allowed}/32`])
    const denied = await until('the whitelist acts', async () => {
      const result = await send()
      return result.status === 403 && result
    })
    expect(denied.body).toContain('address_not_allowed')
    await allow(['127.0.0.0/8', '::1/128'])
  })

  test('is printed with a custom domain as soon as it is saved', async () => {
    const service = await deploy('named', { gatewayId: own.id })
    await endpointOf(service, 'dedicated-gateway')
    const name = 'models.ways.example.com'
    await api.post(`${workspace}/domains`, { gatewayId: own.id, name, protocol: 'http' })
    expect(await endpointOf(service, 'dedicated-gateway')).toContain(name)
    const endpoint = await endpointOf(service, 'dedicated-gateway')
    const answer = await callFrom('127.0.0.1', `${endpoint}/v1/chat/completions`, chatBody)
    expect(answer.status).toBe(401)
  })
})
