import type { Socket } from 'node:net'
import { readProxyHeader } from '@/lib/gateway/listener/proxy-protocol.ts'
import { type ClientHello, readClientHello } from '@/lib/gateway/listener/tls/client-hello.ts'
import { Peer } from '@/lib/gateway/peer.ts'

/** What an HTTP/2 client says first (RFC 9113 §3.4); no HTTP/1.1 request can begin with it. */
const http2Preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1')

const nothing = Buffer.alloc(0)

/** What the first bytes turned out to be. */
export type FirstWords = ClientHello | { readonly protocol: 'http1' | 'http2' }

export interface Arrival {
  readonly socket: Socket
  readonly peer: Peer
  readonly firstBytes: Buffer
  readonly words: FirstWords
}

export interface ArrivingOptions {
  /** True: the connection begins with a PROXY protocol header, whose address then counts. */
  readonly expectsProxyHeader: boolean
  readonly isTls: boolean
  readonly onArrived: (arrival: Arrival) => void
}

/** A connection whose first bytes are still to tell the caller's address and the protocol. */
export class ArrivingConnection {
  readonly socket: Socket
  /** Counts up with the listener's sweeps. */
  sweeps = 0
  readonly #options: ArrivingOptions
  /** Null until it is known. */
  peer: Peer | null
  #bytes: Buffer = nothing

  constructor(socket: Socket, options: ArrivingOptions) {
    this.socket = socket
    this.#options = options
    this.peer = options.expectsProxyHeader ? null : new Peer(socket.remoteAddress ?? '')
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk])
    const peer = this.peer ?? this.#takeProxyHeader()
    if (peer === null) return
    const words = this.#options.isTls ? readClientHello(this.#bytes) : protocolOf(this.#bytes)
    if (words === 'unknown') this.socket.destroy()
    else if (words !== null) this.#arrived(peer, typeof words === 'string' ? { protocol: words } : words)
  }

  /** A caller that ends before it has said anything wants nothing. */
  readonly #onEnd = (): void => {
    this.socket.destroy()
  }

  #takeProxyHeader(): Peer | null {
    const header = readProxyHeader(this.#bytes)
    if (header.kind === 'invalid') this.socket.destroy()
    if (header.kind !== 'valid') return null
    this.peer = new Peer(header.address ?? this.socket.remoteAddress ?? '')
    this.#bytes = this.#bytes.subarray(header.byteLength)
    return this.peer
  }

  #arrived(peer: Peer, words: FirstWords): void {
    const { socket } = this
    socket.off('data', this.#onData)
    socket.off('end', this.#onEnd)
    const arrival = { socket, peer, firstBytes: this.#bytes, words }
    this.#bytes = nothing
    this.#options.onArrived(arrival)
  }
}

/** Null while the bytes could still become the preface of HTTP/2. */
export function protocolOf(bytes: Buffer): 'http1' | 'http2' | null {
  const known = Math.min(bytes.length, http2Preface.length)
  if (bytes.compare(http2Preface, 0, known, 0, known) !== 0) return 'http1'
  return known === http2Preface.length ? 'http2' : null
}
