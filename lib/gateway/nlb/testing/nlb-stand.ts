import { expect } from 'vitest'
import { OpenConnections } from '@/lib/gateway/listener/open-connections.ts'
import { NlbListener } from '@/lib/gateway/nlb/nlb-listener.ts'
import { startTcpServer } from '@/lib/gateway/nlb/testing/start-tcp-server.ts'
import { TcpClient } from '@/lib/gateway/nlb/testing/tcp-client.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { until } from '@/lib/gateway/testing/raw-client.ts'
import { startGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type {
  GatewaySnapshot,
  InferenceServiceSnapshot,
  SecurityRuleSnapshot,
} from '@/lib/snapshot/snapshot.ts'

export const doorPort = 9000
export const closers: Array<() => void | Promise<void>> = []
let revision = 0

/** Whatever the test started. */
export async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}

export function allow(cidr: string, ports: [number, number] = [1, 65_535]): SecurityRuleSnapshot {
  return { direction: 'inbound', portFrom: ports[0], portTo: ports[1], cidr, action: 'allow' }
}

type Overrides = Parameters<typeof makeSnapshot>[0]

export function snapshotOf(
  urls: readonly string[],
  {
    rules = [allow('127.0.0.0/8')],
    side = 'vpc',
    service = {},
    snapshot = {},
  }: {
    rules?: SecurityRuleSnapshot[]
    side?: 'internet' | 'vpc'
    service?: Partial<InferenceServiceSnapshot>
    snapshot?: Overrides
  } = {},
): GatewaySnapshot {
  revision += 1
  return makeSnapshot({
    revision,
    services: [
      makeService({
        instances: urls.map((url) => makeInstance(url)),
        direct: { securityRules: rules, discovery: false, nlb: [{ port: doorPort, side }], nacos: [] },
        ...service,
      }),
    ],
    ...snapshot,
  })
}

export async function start(snapshot: GatewaySnapshot, drainMs = 60_000) {
  const gateway = await startGateway(snapshot)
  const connections = new OpenConnections()
  const { engine } = gateway
  const nlb = new NlbListener({ engine, port: doorPort, connections, drainMs })
  const port = await nlb.open({ host: '127.0.0.1', port: 0 })
  closers.push(gateway.close, () => {
    nlb.destroy()
    return nlb.drain()
  })
  return {
    gateway,
    nlb,
    port,
    connections,
    meter: engine.observer.nlbMeter(doorPort),
    apply: (next: GatewaySnapshot) => {
      gateway.apply(next)
      nlb.configure()
    },
  }
}

export async function serve(
  name: string,
  ...more: Parameters<typeof startTcpServer> extends [string, ...infer R] ? R : never
) {
  const server = await startTcpServer(name, ...more)
  closers.push(server.close)
  return server
}

export function call(port: number, from?: string): TcpClient {
  const client = new TcpClient(port, from)
  closers.push(() => client.close())
  return client
}

export async function connected(port: number, from?: string): Promise<TcpClient> {
  const client = call(port, from)
  await until(() => client.received.endsWith('\n'), 'the instance said its name')
  return client
}

export async function refused(port: number, from?: string): Promise<void> {
  const client = call(port, from)
  await until(() => client.isClosed, 'the connection was refused')
  expect(client.received).toBe('')
}
