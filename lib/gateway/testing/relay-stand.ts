import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { WebSocket, WebSocketServer } from 'ws'
import { makeAddresses } from '@/lib/gateway/testing/make-discovered.ts'
import { makeModelApi, makeProviderService, makeSnapshot } from '@/lib/gateway/testing/make-snapshot.ts'
import { startGateway, type TestGateway } from '@/lib/gateway/testing/start-gateway.ts'
import type { ModelApiSnapshot } from '@/lib/snapshot/model-api-snapshot.ts'
import type { UpstreamServiceSnapshot } from '@/lib/snapshot/upstream-service-snapshot.ts'

export type ServerScript = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void

interface ServerCall {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

const single: ModelApiSnapshot['routing'] = { mode: 'single', target: { serviceId: 'svc_a', model: null } }
export const byWeight: ModelApiSnapshot['routing'] = {
  mode: 'weight',
  targets: [
    { serviceId: 'svc_a', model: null, weight: 50 },
    { serviceId: 'svc_b', model: null, weight: 50 },
  ],
}

/** Model APIs whose operations are relayed, the servers behind them and WebSockets before them. */
export class RelayStand {
  readonly #closers: Array<() => Promise<void> | void> = []

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close()
  }

  /** A server that does what a test says, echoes WebSockets, and remembers what it was asked. */
  async startServer(script: ServerScript) {
    const calls: ServerCall[] = []
    const server = createServer(async (request, response) => {
      const body = await buffer(request)
      calls.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      script(request, body, response)
    })
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket, { method = '', url = '', headers }) => {
      calls.push({ method, url, headers, body: Buffer.alloc(0) })
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    this.#closers.push(() => {
      for (const socket of sockets.clients) socket.terminate()
      server.close()
      server.closeAllConnections()
    })
    return { url: `http://127.0.0.1:${port}`, port, calls, sockets }
  }

  async publish(
    api: Partial<ModelApiSnapshot>,
    ...upstreamServices: UpstreamServiceSnapshot[]
  ): Promise<TestGateway> {
    const modelApis = [makeModelApi({ routing: single, ...api })]
    const gateway = await startGateway(makeSnapshot({ upstreamServices, modelApis }))
    this.#closers.push(gateway.close)
    return gateway
  }

  async connect(port: number, path: string, headers: Record<string, string> = {}): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    this.#closers.push(() => socket.terminate())
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    return socket
  }
}

export function echo(socket: WebSocket, message: string | Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    socket.once('message', (data) => resolve(data as Buffer))
    socket.send(message)
  })
}

export const openAiService = (url: string, id = 'svc_a') =>
  makeProviderService(`${url}/v1`, {}, { id, name: id })

export const addressService = (port: number, id = 'svc_a'): UpstreamServiceSnapshot => ({
  ...makeProviderService('http://127.0.0.1', {}, { id, name: id }),
  upstream: makeAddresses({ type: 'fixed', addresses: [{ host: '127.0.0.1', port, weight: 1 }] }),
})
