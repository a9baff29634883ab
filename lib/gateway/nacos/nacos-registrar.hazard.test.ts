import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createNacosServer, type NacosServerOptions } from '@/e2e/fakes/nacos-server.ts'
import { NacosRegistrar } from '@/lib/gateway/nacos/nacos-registrar.ts'
import { createGatewayMetrics } from '@/lib/gateway/stages/observe/gateway-metrics.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import type {
  GatewaySnapshot,
  InferenceServiceSnapshot,
  NacosRegistrationSnapshot,
  SecurityRuleSnapshot,
} from '@/lib/snapshot/snapshot.ts'

const one = makeInstance('http://10.0.0.1:8000', { id: 'ins_one', weight: 3 })
const two = makeInstance('http://10.0.0.2:8000', { id: 'ins_two' })
const closers: Array<() => void | Promise<void>> = []
let revision = 0

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function targetAt(urls: readonly string[], overrides: Partial<NacosRegistrationSnapshot> = {}) {
  const place = { namespace: '', group: 'models', serviceName: 'qwen' }
  return { id: 'nac_1', servers: urls, ...place, username: null, password: null, ...overrides }
}

function snapshotOf(
  nacos: readonly NacosRegistrationSnapshot[],
  service: Partial<InferenceServiceSnapshot> = {},
  securityRules: SecurityRuleSnapshot[] = [],
): GatewaySnapshot {
  revision += 1
  const direct = { securityRules, discovery: false, nlb: [], nacos }
  return makeSnapshot({ revision, services: [makeService({ instances: [one, two], direct, ...service })] })
}

async function start(snapshot: GatewaySnapshot) {
  const gateway = await startGateway(snapshot)
  const { runtimes, observer } = gateway.engine
  const logger = createLogger('test', 'silent')
  const registrar = new NacosRegistrar({ runtimes, observer, logger, clock: systemClock })
  registrar.start()
  closers.push(gateway.close, () => registrar.stop({ withdraw: false }))
  const meter = () => observer.nacosMeters.get('eas_demo nac_1')
  return { gateway, registrar, meter }
}

async function startNacos(options: NacosServerOptions = {}) {
  const nacos = await createNacosServer({ beatIntervalMs: 300, ...options })
  closers.push(nacos.close)
  const addresses = (serviceName = 'models@@qwen', namespaceId = 'public') =>
    nacos.state
      .list(namespaceId, serviceName)
      .map(({ ip, port }) => `${ip}:${port}`)
      .sort()
      .join(' ')
  const beats = () => nacos.calls.filter((call) => call.startsWith('PUT ')).length
  return { ...nacos, addresses, beats }
}

/** A server of the test's own. */
async function startOdd(answer: (url: URL, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) =>
    answer(new URL(request.url ?? '/', 'http://odd'), response),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const both = '10.0.0.1:8000 10.0.0.2:8000'

describe('Ready instances', () => {
  test('are registered with weight and metadata, and kept by beats', async () => {
    const nacos = await startNacos()
    const { meter } = await start(snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    expect(nacos.state.list('public', 'models@@qwen')[0]).toMatchObject({
      weight: 3,
      ephemeral: true,
      healthy: true,
      metadata: {
        'preserved.register.source': 'SWITCHYARD',
        'switchyard.service': 'eas_demo',
        'switchyard.instance': 'ins_one',
      },
    })
    await until(() => nacos.beats() >= 6, 'beats come again and again')
    expect(nacos.calls.filter((call) => call.startsWith('POST '))).toHaveLength(2)
    expect(meter()).toMatchObject({ wanted: 2, registered: 2, isUp: true })
  })

  test('are withdrawn when they are not ready, and come back', async () => {
    const nacos = await startNacos()
    const { gateway } = await start(snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    const service = gateway.engine.runtimes.current?.services[0]
    const state = service?.instances[0]?.state
    if (service === undefined || state === undefined) throw new Error('No instance.')
    const check = (health: 'ready' | 'unready') => {
      const before = state.health.state
      state.health = { state: health, reason: null, since: 0, checkedAt: 0 }
      service.fleet.checked(state, before)
    }
    check('unready')
    await until(() => nacos.addresses() === '10.0.0.2:8000', 'the unready one is withdrawn')
    check('ready')
    await until(() => nacos.addresses() === both, 'it is registered again')
  })

  test('are withdrawn when they are removed, or their service is stopped or goes', async () => {
    const nacos = await startNacos()
    const target = targetAt([nacos.url])
    const { gateway, meter } = await start(snapshotOf([target]))
    await until(() => nacos.addresses() === both, 'both are registered')
    gateway.apply(snapshotOf([target], { instances: [two] }))
    await until(() => nacos.addresses() === '10.0.0.2:8000', 'the removed one is withdrawn')
    gateway.apply(snapshotOf([target], { running: false }))
    await until(() => nacos.addresses() === '', 'those of a stopped service are withdrawn')
    gateway.apply(snapshotOf([target]))
    await until(() => nacos.addresses() === both, 'they are registered again')
    gateway.apply(makeSnapshot({ revision: revision + 1 }))
    await until(() => nacos.addresses() === '', 'those of a service that went are withdrawn')
    expect(meter()).toBeUndefined()
  })

  test('follow changes of weight and place', async () => {
    const nacos = await startNacos()
    const { gateway } = await start(snapshotOf([targetAt([nacos.url])], { instances: [one] }))
    const weights = () => nacos.state.list('public', 'models@@qwen').map(({ weight }) => weight)
    await until(() => weights().join() === '3', 'it is registered')
    gateway.apply(snapshotOf([targetAt([nacos.url])], { instances: [{ ...one, weight: 5 }] }))
    await until(() => weights().join() === '5', 'its new weight is known')
    gateway.apply(snapshotOf([targetAt([nacos.url], { namespace: 'prod', group: 'DEFAULT_GROUP' })]))
    await until(() => nacos.addresses('DEFAULT_GROUP@@qwen', 'prod') === both, 'they are at the new place')
    await until(() => nacos.addresses() === '', 'and not at the old one')
  })

  test('are registered in every cluster that is named', async () => {
    const [first, second] = [await startNacos(), await startNacos()]
    await start(
      snapshotOf([targetAt([first.url]), targetAt([second.url], { id: 'nac_2', serviceName: 'other' })]),
    )
    await until(() => first.addresses() === both, 'registered in the first')
    await until(() => second.addresses('models@@other') === both, 'registered in the second')
  })

  test('known by name are registered with their address', async () => {
    const nacos = await startNacos()
    const named = makeInstance('http://localhost:8000', { id: 'ins_named' })
    const nowhere = makeInstance('http://nowhere.invalid:8000', { id: 'ins_nowhere' })
    await start(snapshotOf([targetAt([nacos.url])], { instances: [named, nowhere] }))
    await until(() => /^(127\.0\.0\.1|::1):8000$/.test(nacos.addresses()), 'the one with an address is there')
  })
})

describe('A node that leaves', () => {
  test('withdraws what it registered', async () => {
    const nacos = await startNacos()
    const { registrar } = await start(snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    await registrar.stop({ withdraw: true })
    expect(nacos.addresses()).toBe('')
  })

  test('leaves it to whoever relieves it', async () => {
    const nacos = await startNacos()
    const { registrar } = await start(snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    await registrar.stop({ withdraw: false })
    expect(nacos.addresses()).toBe(both)
  })
})

describe('Servers', () => {
  test('that forgot an instance get it again', async () => {
    const nacos = await startNacos({ registersOnBeat: false })
    await start(snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    nacos.state.clear()
    await until(() => nacos.addresses() === both, 'both are registered again')
  })

  test('that were away get everything again, and nothing has piled up', async () => {
    const nacos = await startNacos()
    const { meter, gateway } = await start(snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'both are registered')
    await nacos.close()
    await until(() => meter()?.isUp === false, 'the failure is visible')
    await until(() => (meter()?.failures.get('unreachable') ?? 0) >= 2, 'it is tried again')
    gateway.apply(snapshotOf([targetAt([nacos.url])], { instances: [two] }))
    const back = await startNacos({ port: nacos.port, registersOnBeat: false })
    await until(() => back.addresses() === '10.0.0.2:8000', 'what is wanted now is registered')
    await until(() => meter()?.isUp === true && meter()?.registered === 1, 'the recovery is visible')
    expect(back.calls.length).toBeLessThan(8)
  })

  test('of a cluster stand in for each other', async () => {
    const [first, second] = [await startNacos(), await startNacos()]
    const { meter } = await start(snapshotOf([targetAt([first.url, second.url])]))
    await until(() => first.addresses() === both, 'registered with the first')
    await first.close()
    await until(() => second.addresses() === both, 'registered with the second')
    expect(meter()?.isUp).toBe(true)
  })

  test('that ask for a user get a log-in, anew when it ends', async () => {
    const user = { name: 'nacos', password: 'secret' }
    const nacos = await startNacos({ user })
    await start(snapshotOf([targetAt([nacos.url], { username: 'nacos', password: 'secret' })]))
    await until(() => nacos.addresses() === both, 'both are registered')
    const logins = () => nacos.calls.filter((call) => call === 'POST /nacos/v1/auth/login').length
    expect(logins()).toBe(1)
    nacos.forgetTokens()
    const beats = nacos.beats()
    await until(() => logins() === 2 && nacos.beats() > beats + 4, 'the log-in was renewed once')
  })

  test('renew a log-in before it ends', async () => {
    const nacos = await startNacos({ user: { name: 'nacos', password: 'secret' }, tokenSeconds: 1 })
    const { meter } = await start(
      snapshotOf([targetAt([nacos.url], { username: 'nacos', password: 'secret' })]),
    )
    const logins = () => nacos.calls.filter((call) => call === 'POST /nacos/v1/auth/login').length
    await until(() => logins() >= 3, 'it logs in again and again')
    expect(meter()?.failures.size).toBe(0)
  })

  test('that refuse the user are not asked in a loop, and metrics say why', async () => {
    const nacos = await startNacos({ user: { name: 'nacos', password: 'secret' } })
    const { gateway } = await start(
      snapshotOf([targetAt([nacos.url], { username: 'nacos', password: 'wrong' })]),
    )
    const page = async () => {
      let text = ''
      for await (const piece of createGatewayMetrics(gateway.engine, null)()) text += piece
      return text
    }
    await until(() => nacos.calls.length > 0, 'a log-in was tried')
    await until(
      () => (gateway.engine.observer.nacosMeters.get('eas_demo nac_1')?.failures.get('forbidden') ?? 0) >= 2,
      'it was refused',
    )
    const text = await page()
    expect(text).toContain('switchyard_nacos_up{service="demo",registration="nac_1"} 0')
    expect(text).toMatch(
      /switchyard_nacos_failures_total\{service="demo",registration="nac_1",reason="forbidden"\} \d/,
    )
    expect(text).toContain(
      'switchyard_nacos_instances{service="demo",registration="nac_1",state="registered"} 0',
    )
    expect(text).not.toContain('wrong')
    gateway.apply(snapshotOf([targetAt([nacos.url], { username: 'nacos', password: 'secret' })]))
    await until(() => nacos.addresses() === both, 'the right password helps at once')
  })

  test('that speak something else make way for the next one', async () => {
    const odd = await startOdd((_url, response) => {
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')
    })
    const nacos = await startNacos()
    await start(snapshotOf([targetAt([odd, nacos.url])]))
    await until(() => nacos.addresses() === both, 'the other one has them')
  })

  test('that will not have some instances get the others all the same', async () => {
    const taken = new Set<string>()
    const odd = await startOdd((url, response) => {
      const ip = url.searchParams.get('ip') ?? ''
      const isWanted = ip.endsWith('1')
      if (isWanted) taken.add(ip)
      response.writeHead(isWanted ? 200 : 400).end('{}')
    })
    const bad = Array.from({ length: 9 }, (_, index) => makeInstance(`http://10.0.${index}.2:8000`))
    const good = Array.from({ length: 9 }, (_, index) => makeInstance(`http://10.0.${index}.1:8000`))
    const instances = [...bad, ...good].map((instance, index) => ({ ...instance, id: `ins_${index}` }))
    await start(snapshotOf([targetAt([odd])], { instances }))
    await until(() => taken.size === good.length, 'those that may be there are')
  })

  test('that outbound rules or the egress policy forbid are not dialled', async () => {
    const nacos = await startNacos()
    const deny: SecurityRuleSnapshot = {
      direction: 'outbound',
      portFrom: nacos.port,
      portTo: nacos.port,
      cidr: '127.0.0.0/8',
      action: 'deny',
    }
    const { gateway, meter } = await start(snapshotOf([targetAt([nacos.url])], {}, [deny]))
    await until(() => meter()?.failures.has('not_allowed') === true, 'the refusal is visible')
    expect(nacos.calls).toEqual([])
    gateway.apply(snapshotOf([targetAt([nacos.url])]))
    await until(() => nacos.addresses() === both, 'allowed, it is registered')
    const named = snapshotOf([targetAt([`http://localhost:${nacos.port}`], { id: 'nac_2' })])
    gateway.apply({ ...named, egress: { denyCidrs: ['127.0.0.0/8', '::1/128'], allowCidrs: [] } })
    const second = () => gateway.engine.observer.nacosMeters.get('eas_demo nac_2')
    await until(() => second()?.failures.has('not_allowed') === true, 'resolved addresses are judged too')
  })
})
