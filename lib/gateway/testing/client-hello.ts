import { createServer } from 'node:net'
import { connect } from 'node:tls'

/** What a TLS client says first, recorded from node's own. */
export function recordClientHello(servername: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const server = createServer((socket) => {
      socket.once('data', (bytes: Buffer) => {
        socket.destroy()
        server.close()
        resolve(bytes)
      })
    }).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      connect({ port, host: '127.0.0.1', servername }).on('error', () => {})
    })
  })
}
