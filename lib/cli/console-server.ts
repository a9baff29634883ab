import http, { type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ConsoleServerOptions {
  readonly host: string
  readonly port: number
  readonly handle: RequestListener
}

export interface ConsoleServer {
  readonly server: http.Server
  readonly port: number
  /** Answers what was asked, takes nothing new, and cuts what is left after `drainMs`. */
  close(drainMs: number): Promise<void>
}

/** Longer than the idle time of common load balancers: the side that closes first must be theirs. */
const keepAliveMs = 75_000
const headersMs = 30_000
const requestMs = 300_000

export async function createConsoleServer({
  host,
  port,
  handle,
}: ConsoleServerOptions): Promise<ConsoleServer> {
  const server = http.createServer({ noDelay: true }, handle)
  server.keepAliveTimeout = keepAliveMs
  server.headersTimeout = headersMs
  server.requestTimeout = requestMs
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    server,
    port: (server.address() as AddressInfo).port,
    close: (drainMs) => closeServer(server, drainMs),
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
