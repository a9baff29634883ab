import { createServer, type Socket } from 'node:net'

export interface TcpServer {
  readonly port: number
  readonly url: string
  readonly sockets: Set<Socket>
  /** Breaks what is open and takes nothing any more. */
  close(): Promise<void>
}

/** A server of bytes; by default it says its name and echoes what it hears, with halves that end apart. */
export async function startTcpServer(
  name: string,
  serve: (socket: Socket) => void = (socket) => {
    socket.write(`${name}\n`)
    socket.pipe(socket)
  },
): Promise<TcpServer> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    sockets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.resetAndDestroy()
      }),
  }
}
