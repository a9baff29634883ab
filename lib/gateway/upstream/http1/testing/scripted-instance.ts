import { createServer, type Server, type Socket } from 'node:net'

/** An instance that is a script: it sees bytes and sends bytes. */
export class ScriptedInstance {
  readonly sockets: Socket[] = []
  received = ''
  onBytes: (text: string, socket: Socket) => void = () => {}
  readonly #server: Server

  constructor() {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      this.sockets.push(socket)
      socket.on('error', () => {})
      socket.on('data', (bytes) => {
        const text = bytes.toString('latin1')
        this.received += text
        this.onBytes(text, socket)
      })
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : ''
  }

  /** Whatever it is asked. */
  answerWith(text: string): void {
    this.onBytes = (_received, socket) => void socket.write(text, 'latin1')
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy()
    this.#server.close()
  }
}
