import { createServer, type Server } from 'node:http'
import { pipeline, Readable } from 'node:stream'

export interface AdminPages {
  /** In pieces, made as fast as they are read. */
  metrics(): AsyncIterable<string>
  /** True when a snapshot runs and the node is not stopping. */
  isReady(): boolean
}

const textType = 'text/plain; version=0.0.4; charset=utf-8'

/** `/metrics`, `/healthz` and `/readyz` for the machine itself; not reachable through a gateway's own listeners. */
export class AdminListener {
  readonly #server: Server

  constructor(pages: AdminPages) {
    this.#server = createServer((request, response) => {
      const reply = (status: number, text: string) => {
        response.writeHead(status, { 'content-type': textType }).end(text)
      }
      switch (request.url?.split('?', 1)[0]) {
        case '/healthz':
          reply(200, 'ok\n')
          break
        case '/readyz':
          if (pages.isReady()) reply(200, 'ready\n')
          else reply(503, 'not ready\n')
          break
        case '/metrics':
          response.writeHead(200, { 'content-type': textType })
          // One that breaks off does not look whole.
          pipeline(Readable.from(pages.metrics()), response, () => {})
          break
        default:
          reply(404, 'not found\n')
      }
    })
  }

  open(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host: '127.0.0.1', port }, () => {
        this.#server.off('error', reject)
        const address = this.#server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : port)
      })
    })
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
