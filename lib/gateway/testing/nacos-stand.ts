import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNacosServer, type NacosServerOptions } from '@/e2e/fakes/nacos-server.ts'
import { NacosRegistrar } from '@/lib/gateway/nacos/nacos-registrar.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import type {
  GatewaySnapshot,
  InferenceServiceSnapshot,
  NacosRegistrationSnapshot,
  SecurityRuleSnapshot,
} from '@/lib/snapshot/snapshot.ts'

export const one = makeInstance('http://10.0.0.1:8000', { id: 'ins_one', weight: 3 })
export const two = makeInstance('http://10.0.0.2:8000', { id: 'ins_two' })
/** How a server shows `one` and `two`. */
export const both = '10.0.0.1:8000 10.0.0.2:8000'

export function targetAt(urls: readonly string[], overrides: Partial<NacosRegistrationSnapshot> = {}) {
  const place = { namespace: '', group: 'models', serviceName: 'qwen' }
  return { id: 'nac_1', servers: urls, ...place, username: null, password: null, ...overrides }
}

/** Gateways that register one service with Nacos servers, all on real sockets. */
export class NacosStand {
  readonly #closers: Array<() => void | Promise<void>> = []
  #revision = 0

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
  }

  /** Each newer than the one before. */
  snapshotOf(
    nacos: readonly NacosRegistrationSnapshot[],
    service: Partial<InferenceServiceSnapshot> = {},
    securityRules: SecurityRuleSnapshot[] = [],
  ): GatewaySnapshot {
    const direct = { securityRules, discovery: false, nlb: [], nacos }
    return this.#stamp({ services: [makeService({ instances: [one, two], direct, ...service })] })
  }

  /** Without any service. */
  emptySnapshot(): GatewaySnapshot {
    return this.#stamp({})
  }

  async startRegistrar(snapshot: GatewaySnapshot) {
    const gateway = await startGateway(snapshot)
    const { runtimes, observer } = gateway.engine
    const logger = createLogger('test', 'silent')
    const registrar = new NacosRegistrar({ runtimes, observer, logger, clock: systemClock })
    registrar.start()
    this.#closers.push(gateway.close, () => registrar.stop({ withdraw: false }))
    const meter = () => observer.nacosMeters.get('eas_demo nac_1')
    return { gateway, registrar, meter }
  }

  async startNacos(options: NacosServerOptions = {}) {
    const nacos = await createNacosServer({ beatIntervalMs: 300, ...options })
    this.#closers.push(nacos.close)
    const addresses = (serviceName = 'models@@qwen', namespaceId = 'public') =>
      nacos.state
        .list(namespaceId, serviceName)
        .map(({ ip, port }) => `${ip}:${port}`)
        .sort()
        .join(' ')
    const beats = () => nacos.calls.filter((call) => call.startsWith('PUT ')).length
    const logins = () => nacos.calls.filter((call) => call === 'POST /nacos/v1/auth/login').length
    return { ...nacos, addresses, beats, logins }
  }

  /** A server that answers as a test has it. */
  async startOdd(answer: (url: URL, response: ServerResponse) => void): Promise<string> {
    const server = createServer((request, response) =>
      answer(new URL(request.url ?? '/', 'http://odd'), response),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    this.#closers.push(() => {
      server.close()
      server.closeAllConnections()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  #stamp(content: Partial<GatewaySnapshot>): GatewaySnapshot {
    this.#revision += 1
    return makeSnapshot({ revision: this.#revision, ...content })
  }
}
