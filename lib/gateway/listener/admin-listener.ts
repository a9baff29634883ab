import { createServer, type Server } from 'node:http'

export interface AdminPages {
  metrics(): Promise<string>
  /** True when a snapshot runs and the node is not stopping. */
  isReady(): boolean
}

/** `/metrics`, `/healthz` and `/readyz` for the machine itself; not reachable through a gateway's own listeners. */
export class AdminListener {
  readonly #server: Server

  constructor(pages: AdminPages) {
    this.#server = createServer((request, response) => {
      const reply = (status: number, text: string) => {
        response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text)
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
          pages.metrics().then(
            (text) => reply(200, text),
            () => reply(500, 'metrics failed\n'),
          )
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
