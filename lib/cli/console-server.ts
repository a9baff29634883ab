import http, { type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ConsoleServerOptions {
  /** An address, or a socket that a supervisor has bound. */
  readonly at: { readonly host: string; readonly port: number } | object
  readonly handle: RequestListener
}

export interface ConsoleServer {
  readonly server: http.Server
  readonly port: number
  /** Resolves once every request has its answer begun, or after `withinMs`. Streams count as answered. */
  answered(withinMs: number): Promise<void>
  /** Answers what was asked, takes nothing new, and cuts what is left after `drainMs`. */
  close(drainMs: number): Promise<void>
}

/** Longer than the idle time of common load balancers: the side that closes first must be theirs. */
const keepAliveMs = 75_000
const headersMs = 30_000
const requestMs = 300_000

export async function createConsoleServer({ at, handle }: ConsoleServerOptions): Promise<ConsoleServer> {
  const open = new Set<ServerResponse>()
  const server = http.createServer({ noDelay: true }, (request, response) => {
    open.add(response)
    response.once('close', () => open.delete(response))
    handle(request, response)
  })
  server.keepAliveTimeout = keepAliveMs
  server.headersTimeout = headersMs
  server.requestTimeout = requestMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    server,
    port: (server.address() as AddressInfo).port,
    answered: (withinMs) => untilAnswered(open, withinMs),
    close: (drainMs) => closeServer(server, drainMs),
  }
}

async function untilAnswered(open: ReadonlySet<ServerResponse>, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs
  while (performance.now() < deadline && [...open].some(({ headersSent }) => !headersSent)) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function closeServer(server: http.Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs)
    // Connections that fall idle after this call would otherwise be kept alive to the time-out.
    const sweep = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(cut)
      clearInterval(sweep)
      resolve()
    })
    server.closeIdleConnections()
  })
}
