import type { Socket } from 'node:net'
import { createServer, type SecureContext, type Server, type TLSSocket } from 'node:tls'
import type { TicketKeys } from '@/lib/gateway/listener/tls/ticket-keys.ts'
import { tlsSettings } from '@/lib/gateway/listener/tls/tls-settings.ts'
import type { ServedCertificate, TlsNames } from '@/lib/gateway/runtime/tls-names.ts'

export interface TlsLayerOptions {
  /** Those of the running snapshot; null before the first. */
  readonly names: () => TlsNames | null
  readonly now: () => number
  /** Null: sessions are resumed at this listener only. */
  readonly ticketKeys: TicketKeys | null
}

export type OnSecure = (socket: TLSSocket, protocol: 'http1' | 'http2') => void

interface Handshake {
  readonly transport: Socket
  readonly onSecure: OnSecure
}

/** A fatal alert, unrecognized_name (RFC 6066 §3), which node's own TLS has no way to send. */
const unrecognizedName = Buffer.from([21, 3, 3, 0, 2, 2, 112])

/**
 * Shakes hands with the certificate of the name that a caller asked for. Certificates are those of the moment: a
 * connection keeps the one that it began with.
 */
export class TlsLayer {
  readonly #options: TlsLayerOptions
  /** Never listens: it is given connections whose first bytes are read already. */
  readonly #server: Server
  readonly #handshakes = new Map<string, Handshake>()
  #default: ServedCertificate | null = null
  #ticketDay = -1

  constructor(options: TlsLayerOptions) {
    this.#options = options
    this.#server = createServer({
      ...tlsSettings,
      ALPNProtocols: ['h2', 'http/1.1'],
      SNICallback: (name, done) => this.#choose(name, done),
    })
    this.#server.on('secureConnection', (socket) => this.#secured(socket))
  }

  /** `transport` is paused, and `firstBytes` hold the ClientHello. */
  accept(transport: Socket, firstBytes: Buffer, serverName: string | null, onSecure: OnSecure): void {
    const certificate = this.#options.names()?.certificateOf(serverName) ?? null
    if (certificate === null) {
      transport.end(unrecognizedName)
      transport.destroySoon()
      return
    }
    if (serverName === null) this.#serveByDefault(certificate)
    this.#renewTicketKeys()
    const handshake = { transport, onSecure }
    const key = keyOf(transport)
    this.#handshakes.set(key, handshake)
    transport.once('close', () => {
      if (this.#handshakes.get(key) === handshake) this.#handshakes.delete(key)
    })
    transport.unshift(firstBytes)
    this.#server.emit('connection', transport)
  }

  #choose(name: string, done: (error: Error | null, context?: SecureContext) => void): void {
    done(null, this.#options.names()?.certificateOf(name.toLowerCase())?.context)
  }

  #secured(socket: TLSSocket): void {
    socket.on('error', ignoreError)
    const key = keyOf(socket)
    const handshake = this.#handshakes.get(key)
    if (handshake === undefined) {
      // The caller has gone, and its address with it.
      socket.destroy()
      return
    }
    this.#handshakes.delete(key)
    handshake.onSecure(socket, socket.alpnProtocol === 'h2' ? 'http2' : 'http1')
  }

  #serveByDefault(certificate: ServedCertificate): void {
    if (this.#default === certificate) return
    this.#default = certificate
    const { chain, key } = certificate.snapshot
    this.#server.setSecureContext({ ...tlsSettings, cert: chain, key })
    this.#ticketDay = -1
  }

  #renewTicketKeys(): void {
    const { ticketKeys, now } = this.#options
    if (ticketKeys === null) return
    const day = ticketKeys.dayOf(now())
    if (day === this.#ticketDay) return
    this.#ticketDay = day
    this.#server.setTicketKeys(ticketKeys.ofDay(day))
  }
}

/** No two open connections have both ends in common. */
function keyOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`
}

function ignoreError(): void {}
