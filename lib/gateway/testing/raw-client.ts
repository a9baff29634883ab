import { connect, type Socket } from 'node:net'

/** Bytes on a socket, for what no HTTP client would send. */
export class RawClient {
  readonly socket: Socket
  received = ''
  /** The gateway ended or broke the connection. */
  isClosed = false

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => {
      this.received += text
    })
    socket.on('error', () => {})
    const closed = () => {
      this.isClosed = true
    }
    socket.on('end', closed)
    socket.on('close', closed)
  }

  /** `localAddress`: which of the machine's own addresses it calls from. */
  static async open(port: number, localAddress = '127.0.0.1'): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('error', reject)
    })
    return new RawClient(socket)
  }

  send(text: string): void {
    this.socket.write(text, 'latin1')
  }

  close(): void {
    this.socket.destroy()
  }
}

/** Polls until `condition` holds; fails with `what` after half a minute, which is for machines that are busy with other things. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  const giveUpAt = Date.now() + 30_000
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`Never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
