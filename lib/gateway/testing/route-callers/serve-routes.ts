import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type WebSocket, WebSocketServer } from 'ws'
import type { RouteServer, SeenCall } from './route-caller.ts'

export interface ServedCall extends SeenCall {
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Buffer
  json(): Record<string, unknown>
  /** Parts of a form, files as such. */
  form(): Promise<FormData>
}

/** Bytes with their type, or what becomes JSON. */
export type Served = { readonly type: string; readonly bytes: Buffer } | object

/** Said with its status, as JSON. */
export class Refused extends Error {
  readonly status: number
  readonly body: object

  constructor(status: number, body: object) {
    super(`Refused with ${status}`)
    this.status = status
    this.body = body
  }
}

/** A server that answers what `answer` makes of a call, with WebSockets at some paths. */
export async function serveRoutes(
  answer: (call: ServedCall) => Served | Promise<Served>,
  socket?: { readonly paths: readonly string[]; opened(socket: WebSocket, query: URLSearchParams): void },
): Promise<RouteServer> {
  const calls: SeenCall[] = []
  const server = createServer(async (request, response) => {
    const call = await read(request)
    calls.push(call)
    const send = (status: number, type: string, bytes: Buffer) =>
      response.writeHead(status, { 'content-type': type }).end(bytes)
    const sendJson = (status: number, value: object) =>
      send(status, 'application/json', Buffer.from(JSON.stringify(value)))
    try {
      const served = await answer(call)
      if ('bytes' in served && 'type' in served) send(200, served.type, served.bytes)
      else sendJson(200, served)
    } catch (error) {
      if (error instanceof Refused) sendJson(error.status, error.body)
      else sendJson(500, { error: { message: String(error) } })
    }
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, connection, head) => {
    const { method = '', url = '', headers } = request
    const { pathname, searchParams } = new URL(url, 'http://server')
    calls.push({ method, url, headers })
    if (socket?.paths.includes(pathname) !== true) connection.destroy()
    else
      sockets.handleUpgrade(request, connection, head, (opened) => {
        opened.on('error', () => opened.terminate())
        socket.opened(opened, searchParams)
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      for (const open of sockets.clients) open.terminate()
      server.close()
      server.closeAllConnections()
    },
  }
}

async function read(request: IncomingMessage): Promise<ServedCall> {
  const { method = '', url = '', headers } = request
  const body = await buffer(request)
  const { pathname, searchParams } = new URL(url, 'http://server')
  const type = headers['content-type'] ?? ''
  return {
    method,
    url,
    headers,
    body,
    path: pathname,
    query: searchParams,
    json: () => JSON.parse(body.toString()) as Record<string, unknown>,
    form: () => new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData(),
  }
}
