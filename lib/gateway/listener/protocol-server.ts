import type { Socket } from 'node:net'
import type { Peer } from '@/lib/gateway/peer.ts'
import type { GatewayLimits } from '@/lib/snapshot/snapshot.ts'

/** A client connection whose protocol is known by its first bytes. */
export interface Connection {
  /** Its errors are listened to already; `close` follows each. */
  readonly socket: Socket
  /** The TCP connection beneath; the socket itself without TLS. */
  readonly transport: Socket
  readonly peer: Peer
  readonly scheme: 'http' | 'https'
  /** Read already, and to be read first. Empty where nothing was. */
  readonly firstBytes: Buffer
}

/** Speaks one protocol on connections that a listener has accepted: one for HTTP/1.1, one for HTTP/2. */
export interface ProtocolServer {
  accept(connection: Connection): void
  /** The limits of a new snapshot; connections that are open take them over where that is possible. */
  configure(limits: GatewayLimits): void
  /** Asks every caller to leave after what is under way: `Connection: close`, GOAWAY. Resolves when all have left. */
  drain(): Promise<void>
  /** Breaks what is still open. */
  destroy(): void
}
