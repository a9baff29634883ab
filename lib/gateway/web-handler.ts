import { type Engine, handleRequest } from '@/lib/gateway/handle-request.ts'
import { WebExchange } from '@/lib/gateway/web-exchange.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

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

/** Cut from the text, because parsing and printing a URL would change its escapes. */
function targetOf(url: string): string {
  const pathStart = url.indexOf('/', url.indexOf('//') + 2)
  const target = pathStart === -1 ? '/' : url.slice(pathStart)
  if (!target.startsWith(mountPath)) return target
  const rest = target.slice(mountPath.length)
  if (rest === '' || rest.startsWith('?')) return `/${rest}`
  return rest.startsWith('/') ? rest : target
}
