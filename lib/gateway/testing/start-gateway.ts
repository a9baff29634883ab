import type { JobSource } from '@/lib/counters/jobs/job-source.ts'
import type { LimitSource } from '@/lib/counters/limits/limit-source.ts'
import type { PermitSource } from '@/lib/counters/permit-source.ts'
import type { Engine } from '@/lib/gateway/handle-request.ts'
import { GatewayListener } from '@/lib/gateway/listener/gateway-listener.ts'
import { OpenConnections } from '@/lib/gateway/listener/open-connections.ts'
import type { InstanceRegistry } from '@/lib/gateway/runtime/instance-registry.ts'
import { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { createSharedState, type SharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { RecordBook } from '@/lib/gateway/stages/observe/record-book.ts'
import type { UpstreamPools } from '@/lib/gateway/upstream/upstream-pools.ts'
import { type Clock, systemClock } from '@/lib/platform/clock.ts'
import { createLogger } from '@/lib/platform/logger.ts'
import type { GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

export interface TestGateway {
  readonly engine: Engine
  readonly shared: SharedState
  readonly instances: InstanceRegistry
  readonly pools: UpstreamPools
  readonly port: number
  readonly vpcPort: number
  /** The Internet side with TLS. */
  readonly tlsPort: number
  readonly url: string
  /** Open client connections of both sides. */
  connections(): number
  apply(snapshot: GatewaySnapshot): void
  /** As a node that stops: nobody is accepted any more; resolves when all have left. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** The engine and both listeners on ports of their own, without a console. */
export async function startGateway(
  snapshot: GatewaySnapshot | null,
  clock: Clock = systemClock,
  permits: PermitSource | null = null,
  limits?: LimitSource,
  jobs?: JobSource,
): Promise<TestGateway> {
  const shared = createSharedState(clock, permits, undefined, limits, jobs)
  const { pools, instances } = shared
  const runtimes = new RuntimeHolder(shared)
  const logger = createLogger('test', 'silent')
  const observer = new Observer(clock, logger, new RecordBook())
  const engine = { runtimes, observer, overload: new OverloadGuard(logger) }
  const connections = new OpenConnections()
  const internet = new GatewayListener({ side: 'internet', protocol: 'http' }, engine, connections)
  const vpc = new GatewayListener({ side: 'vpc', protocol: 'http' }, engine, connections)
  const internetTls = new GatewayListener({ side: 'internet', protocol: 'https' }, engine, connections)
  const listeners = [internet, internetTls, vpc]
  const apply = (next: GatewaySnapshot) => {
    runtimes.replace(next)
    for (const listener of listeners) listener.configure(next)
  }
  if (snapshot !== null) apply(snapshot)
  const port = await internet.open({ host: '127.0.0.1', port: 0 })
  const vpcPort = await vpc.open({ host: '127.0.0.1', port: 0 })
  const tlsPort = await internetTls.open({ host: '127.0.0.1', port: 0 })
  const drain = async () => {
    await Promise.all(listeners.map((listener) => listener.drain()))
  }
  return {
    engine,
    shared,
    instances,
    pools,
    port,
    vpcPort,
    tlsPort,
    url: `http://127.0.0.1:${port}`,
    connections: () => connections.count,
    apply,
    drain,
    close: async () => {
      const drained = drain()
      for (const listener of listeners) listener.destroy()
      await drained
      await runtimes.close()
      await pools.destroy()
    },
  }
}
