import { type Engine, handleRequest } from '@/lib/gateway/handle-request.ts'
import { RuntimeHolder } from '@/lib/gateway/runtime/runtime-holder.ts'
import { createSharedState } from '@/lib/gateway/runtime/shared-state.ts'
import { OverloadGuard } from '@/lib/gateway/stages/limit/overload-guard.ts'
import { Observer } from '@/lib/gateway/stages/observe/observer.ts'
import { WebExchange } from '@/lib/gateway/web-exchange.ts'
import { systemClock } from '@/lib/platform/clock.ts'
import type { Logger } from '@/lib/platform/logger.ts'
import type { GatewaySide, GatewaySnapshot } from '@/lib/snapshot/snapshot.ts'

export interface WebContext {
  readonly side: GatewaySide
  /** The caller's address as the console's own server knows it. */
  readonly clientAddress: string
}

export type WebHandler = (request: Request, context: WebContext) => Promise<Response>

/** Where the console mounts the door; what follows is the gateway's own path. */
const mountPath = '/api/gateway'

/** The same engine behind a fetch-style door. Rejects only when the caller has left or the answer broke off. */
export function createWebHandler(engine: Engine): WebHandler {
  return (request, context) => {
    const exchange = new WebExchange(request, { ...context, target: targetOf(request.url) })
    void handleRequest(engine, exchange)
    return exchange.response
  }
}

/** A gateway inside another process. Holds connections and health checks: keep one and close it. */
export class EmbeddedGateway {
  readonly #shared = createSharedState(systemClock)
  readonly #runtimes: RuntimeHolder
  readonly #handle: WebHandler

  constructor(logger: Logger) {
    this.#runtimes = new RuntimeHolder(this.#shared)
    this.#handle = createWebHandler({
      runtimes: this.#runtimes,
      observer: new Observer(systemClock, logger),
      overload: new OverloadGuard(logger),
    })
  }

  /** Throws, and keeps the old snapshot, when this one does not build. */
  apply(snapshot: GatewaySnapshot): void {
    this.#runtimes.replace(snapshot)
  }

  handle(request: Request, context: WebContext): Promise<Response> {
    return this.#handle(request, context)
  }

  /** Waits for requests under way. */
  async close(): Promise<void> {
    await this.#runtimes.close()
    await this.#shared.pools.destroy()
  }
}

/** Cut from the text, because parsing and printing a URL would change its escapes. */
function targetOf(url: string): string {
  const pathStart = url.indexOf('/', url.indexOf('//') + 2)
  const target = pathStart === -1 ? '/' : url.slice(pathStart)
  if (!target.startsWith(mountPath)) return target
  const rest = target.slice(mountPath.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : target
}
