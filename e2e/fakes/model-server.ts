import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerRequest } from './answer-request.ts'
import { createServerState, type RecordedRequest, type ServerState } from './server-state.ts'
import { createWebSocketEcho } from './websocket-echo.ts'

export interface ModelServerOptions {
  /** 0 takes a free one. */
  readonly port?: number
  readonly host?: string
  /** Pause between two chunks of a stream. Default 20. */
  readonly paceMs?: number
  /** The models there are; others answer 404. Unset: any name is taken. */
  readonly models?: readonly string[]
  /** Set: requests without `Authorization: Bearer <key>` or `x-api-key: <key>` answer 401. */
  readonly apiKey?: string
}

export interface ModelServer {
  readonly port: number
  readonly url: string
  /** The newest thousand, oldest first. */
  readonly requests: readonly RecordedRequest[]
  setHealthy(healthy: boolean): void
  /** Ends open streams too. */
  close(): Promise<void>
}

/** A model server with the real wire formats and no model: the tests' upstream and the demo's. */
export async function createModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const host = options.host ?? '127.0.0.1'
  const state = createServerState(options)
  const echo = createWebSocketEcho()
  const server = createServer((request, response) => void serve(state, request, response))
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    state.record(request)
    echo.upgrade(request, socket, head)
  })
  // Node's own limits would answer before the faults do; a slow caller is the gateway's concern here.
  server.requestTimeout = 0
  const port = await listen(server, options.port ?? 0, host)
  return {
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    requests: state.requests,
    setHealthy: (healthy) => {
      state.healthy = healthy
    },
    close: () => {
      echo.close()
      return new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

async function serve(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const record = state.record(request)
  const left = new AbortController()
  response.on('close', () => {
    record.state = response.writableFinished ? 'answered' : 'aborted'
    record.status = response.headersSent ? response.statusCode : null
    left.abort()
  })
  try {
    await answerRequest(state, { request, response, record, signal: left.signal })
  } catch (error) {
    // A caller that left is nobody to tell; anything else is a bug of this server and must show.
    if (!left.signal.aborted && !response.destroyed) console.error(error)
    response.destroy()
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}
