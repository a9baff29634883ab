import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { type AddressInfo, createServer, isIPv6, type Server, type Socket } from 'node:net'
import type { NameServerPlan } from '@/lib/snapshot/deployment.ts'
import { answerQuery } from './answer-query.ts'
import { ZoneTable } from './zone-table.ts'

const tcpIdleMs = 10_000
const tcpConnectionsMax = 200
const lengthBytes = 2

/** Answers for zones over UDP and TCP (RFC 7766) on one port. */
export class NameServer {
  readonly #udp: UdpSocket
  readonly #tcp: Server
  readonly #sockets = new Set<Socket>()
  #zones = new ZoneTable()

  constructor(bind: string) {
    this.#udp = createSocket({ type: isIPv6(bind) ? 'udp6' : 'udp4' })
    this.#udp.on('message', (message, { address, port }) => {
      const answer = answerQuery(message, { address, transport: 'udp' }, this.#zones)
      if (answer !== null) this.#udp.send(answer, port, address, ignoreError)
    })
    this.#tcp = createServer((socket) => this.#accept(socket))
    this.#tcp.maxConnections = tcpConnectionsMax
  }

  /** Resolves with the port once both transports are open; rejects with the system's error. 0: any free one. */
  async open({ bind, port }: { readonly bind: string; readonly port: number }): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#tcp.once('error', reject)
      this.#tcp.listen({ host: bind, port }, resolve)
    })
    const { port: bound } = this.#tcp.address() as AddressInfo
    await new Promise<void>((resolve, reject) => {
      this.#udp.once('error', reject)
      this.#udp.bind(bound, bind, resolve)
    })
    // A datagram that could not be sent is the caller's to repeat.
    this.#udp.removeAllListeners('error').on('error', ignoreError)
    return bound
  }

  /** Throws on zones that do not hold; the old ones stay. */
  serve(zones: NameServerPlan['zones']): void {
    this.#zones = new ZoneTable(zones)
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all([
      new Promise<void>((resolve) => this.#tcp.close(() => resolve())),
      new Promise<void>((resolve) => this.#udp.close(() => resolve())),
    ])
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket)
    socket.setTimeout(tcpIdleMs, () => socket.destroy())
    socket.on('error', ignoreError)
    socket.on('close', () => this.#sockets.delete(socket))
    let pending: Buffer = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk])
      for (;;) {
        const message = takeMessage(pending)
        if (message === null) return
        pending = pending.subarray(lengthBytes + message.length)
        const origin = { address: socket.remoteAddress ?? '', transport: 'tcp' } as const
        const answer = answerQuery(message, origin, this.#zones)
        if (answer === null) {
          socket.destroy()
          return
        }
        const isTaken = socket.write(framed(answer))
        // Who asks without reading the answers gets no more of them.
        if (!isTaken) {
          socket.destroy()
          return
        }
      }
    })
  }
}

/** The first whole message, without its length. */
function takeMessage(bytes: Buffer): Buffer | null {
  if (bytes.length < lengthBytes) return null
  const end = lengthBytes + bytes.readUInt16BE(0)
  return bytes.length < end ? null : bytes.subarray(lengthBytes, end)
}

function framed(message: Buffer): Buffer {
  const bytes = Buffer.alloc(lengthBytes + message.length)
  bytes.writeUInt16BE(message.length)
  message.copy(bytes, lengthBytes)
  return bytes
}

function ignoreError(): void {}
