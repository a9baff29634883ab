import type { RequestListener } from 'node:http'
import type { ClientHttp2Session } from 'node:http2'
import { openHttp2 } from '@/lib/gateway/testing/http2-client.ts'
import { makeInstance, makeService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

export interface Http2Setting {
  readonly upstream: Upstream
  readonly gateway: TestGateway
  readonly session: ClientHttp2Session
}

/** A caller of HTTP/2 before a gateway with one instance of HTTP/1.1. What must be closed is added to `closers`. */
export async function startHttp2Setting(
  closers: Array<() => Promise<void> | void>,
  handler: RequestListener,
  limits: Partial<GatewayLimits> = {},
): Promise<Http2Setting> {
  const upstream = await startUpstream(handler)
  const gateway = await startGateway(
    makeSnapshot({ services: [makeService({ instances: [makeInstance(upstream.url)] })], limits }),
  )
  closers.push(upstream.close, gateway.close)
  const session = await openHttp2(gateway.url)
  closers.push(() => session.destroy())
  return { upstream, gateway, session }
}

/** Answers of the service `demo` so far, by status. */
export function statusCounts(gateway: TestGateway): Record<string, number> {
  return Object.fromEntries(gateway.engine.observer.meters.get('demo')?.byStatus ?? [])
}
