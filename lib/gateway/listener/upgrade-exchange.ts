import { type IncomingMessage, STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Exchange, ProtocolSwitch } from '@/lib/gateway/exchange.ts'
import type { DoorState } from '@/lib/gateway/listener/node-exchange.ts'
import type { GatewaySide } from '@/lib/snapshot/snapshot.ts'

/**
 * A WebSocket handshake. node has taken its parser off the socket by now, so answers are written here; each
 * ends with the connection, which spares them any framing.
 */
export class UpgradeExchange implements Exchange {
  readonly side: GatewaySide
  readonly scheme: 'http' | 'https'
  readonly isUpgrade = true
  readonly httpVersion: string
  readonly method: string
  readonly target: string
  readonly rawHeaders: readonly string[]
  readonly peerAddress: string
  started = false
  gone = false
  readonly requestTrailers = null
  bytesIn = 0
  onDrain: (() => void) | null = null
  onGone: (() => void) | null = null
  readonly #socket: Duplex
  readonly #head: Buffer
  #hasEnded = false

  constructor(door: DoorState, request: IncomingMessage, socket: Duplex, head: Buffer) {
    this.side = door.side
    this.scheme = door.scheme
    this.httpVersion = request.httpVersion
    this.method = request.method ?? ''
    this.target = request.url ?? ''
    this.rawHeaders = request.rawHeaders
    this.peerAddress = request.socket.remoteAddress ?? ''
    this.#socket = socket
    this.#head = head
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.#closed())
    socket.on('drain', () => this.onDrain?.())
  }

  takeBody(): null {
    return null
  }

  inform(): void {}

  start(status: number, statusMessage: string, headers: string[]): void {
    this.started = true
    this.#socket.write(headText(status, statusMessage, withoutFraming(headers), 'close'), 'latin1')
  }

  write(chunk: Buffer): boolean {
    return this.#socket.write(chunk)
  }

  end(): void {
    this.#hasEnded = true
    this.#socket.end(() => this.#socket.destroy())
  }

  answer(status: number, headers: string[], body: Buffer): void {
    this.started = true
    this.#hasEnded = true
    this.#socket.write(headText(status, STATUS_CODES[status] ?? '', headers, 'close'), 'latin1')
    this.#socket.end(body, () => this.#socket.destroy())
  }

  destroy(): void {
    // These answers end with the connection, so only a reset shows that one broke off.
    if (this.#socket instanceof Socket) this.#socket.resetAndDestroy()
    else this.#socket.destroy()
  }

  switchProtocols({ headers, upstream, idleMs, onClosed }: ProtocolSwitch): void {
    this.started = true
    const socket = this.#socket
    const lines = [...headers, 'upgrade', 'websocket']
    socket.write(headText(101, 'Switching Protocols', lines, 'Upgrade'), 'latin1')
    let bytesOut = 0
    socket.on('data', (chunk: Buffer) => {
      this.bytesIn += chunk.length
    })
    upstream.on('data', (chunk: Buffer) => {
      bytesOut += chunk.length
    })
    if (this.#head.length > 0) {
      this.bytesIn += this.#head.length
      upstream.write(this.#head)
    }
    socket.pipe(upstream)
    upstream.pipe(socket)
    tieTogether(socket, upstream, idleMs, () => onClosed({ in: this.bytesIn, out: bytesOut }))
  }

  #closed(): void {
    if (this.#hasEnded) return
    this.gone = true
    this.onGone?.()
  }
}

/** Either side's end, error or long silence ends both. */
function tieTogether(caller: Duplex, upstream: Duplex, idleMs: number, onClosed: () => void): void {
  let isClosed = false
  const close = () => {
    if (isClosed) return
    isClosed = true
    clearInterval(idle)
    caller.destroy()
    upstream.destroy()
    onClosed()
  }
  let isActive = false
  const idle = setInterval(() => {
    if (!isActive) close()
    isActive = false
  }, idleMs)
  idle.unref()
  for (const side of [caller, upstream]) {
    side.on('data', () => {
      isActive = true
    })
    side.on('error', close)
    side.on('close', close)
  }
}

/** The end of the connection ends these bodies, so no length or coding of the upstream may stand. */
function withoutFraming(headers: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] as string
    if (name.toLowerCase() !== 'content-length') kept.push(name, headers[index + 1] as string)
  }
  return kept
}

function headText(status: number, message: string, headers: readonly string[], connection: string): string {
  let text = `HTTP/1.1 ${status} ${message}\r\nconnection: ${connection}\r\n`
  for (let index = 0; index + 1 < headers.length; index += 2)
    text += `${headers[index]}: ${headers[index + 1]}\r\n`
  return `${text}\r\n`
}
