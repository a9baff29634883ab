import { connect, type Socket } from 'node:net'

/** A caller of a layer 4 port from an address of its own. */
export class TcpClient {
  readonly socket: Socket
  received = ''
  /** The other side has ended its half. */
  hasEnded = false
  isClosed = false
  wasReset = false

  constructor(port: number, localAddress = '127.0.0.1') {
    this.socket = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true })
    this.socket.setEncoding('latin1')
    this.socket.on('data', (text: string) => {
      this.received += text
    })
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.wasReset = error.code === 'ECONNRESET' || error.code === 'EPIPE'
    })
    this.socket.on('end', () => {
      this.hasEnded = true
    })
    this.socket.on('close', () => {
      this.isClosed = true
    })
  }

  close(): void {
    this.socket.destroy()
  }
}
