import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'

export interface Upstream {
  readonly url: string
  readonly server: Server
  /** Every request seen, in order. */
  readonly requests: IncomingMessage[]
  close(): Promise<void>
}

/** A model server of a test. `close` breaks whatever is still open. */
export async function startUpstream(handler: RequestListener): Promise<Upstream> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The upstream has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    server,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
