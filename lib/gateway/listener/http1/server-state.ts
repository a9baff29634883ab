import type { Socket } from 'node:net'
import type { GatewayError, GatewayErrorCode } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Outbox } from '@/lib/gateway/listener/http1/outbox.ts'
import type { Peer } from '@/lib/gateway/peer.ts'
import type { GatewayLimits, GatewaySide } from '@/lib/snapshot/snapshot.ts'

export type Http1Limits = Pick<
  GatewayLimits,
  'headerBytesMax' | 'urlBytesMax' | 'clientHeadersMs' | 'clientIdleMs'
>

/** Who serves what a server reads. */
export interface RequestSink {
  /** Must not throw. */
  handle(exchange: Exchange): void
  /** What is said to a caller whose own address may not call, whatever it sent; null where it may. */
  accessRefusal(peer: Peer): GatewayError | null
  /** Told of what was refused before it became a request. */
  refused(code: GatewayErrorCode): void
}

/** What the connections of a server share. */
export interface ServerState {
  readonly side: GatewaySide
  readonly requests: RequestSink
  readonly limits: Http1Limits
  /** True from the moment the node stops: answers then ask the caller to come back on a new connection. */
  readonly isDraining: boolean
  /** The time, in ticks. */
  readonly tick: number
  readonly headersTicks: number
  readonly idleTicks: number
  readonly lingerTicks: number
  readonly drainIdleTicks: number
  /** The header line `Date`, at most one tick old. */
  readonly dateLine: string
  /** Writes what the connection has gathered when this tick's work is done. */
  flushSoon(connection: ServedConnection): void
  /** Told by a connection whose socket has closed. */
  forget(connection: ServedConnection): void
}

/** A connection as its server sees it. */
export interface ServedConnection {
  readonly socket: Socket
  flush(): void
  checkDeadlines(tick: number): void
  /** Closes it if it idles now and has nothing to ask for a moment more. */
  closeIfStillIdle(): void
}

/** A connection as the exchange that is answered on it sees it. */
export interface AnsweredConnection {
  readonly socket: Socket
  readonly server: ServerState
  readonly peer: Peer
  readonly scheme: 'http' | 'https'
  readonly outbox: Outbox
  /** In ticks; 0 for none. */
  readDeadline: number
  pause(): void
  resume(): void
  /** Hands over what was added to the outbox, now if it is much, else at the end of this tick. False asks to wait. */
  send(): boolean
  /** Breaks the connection, with a reset where its orderly end would look like the end of the answer. */
  breakOff(isEndMeaningful: boolean): void
  /** The exchange has given its whole answer. */
  answered(mayKeepAlive: boolean): void
  /** Gives the socket away. Returns the bytes that came behind the request. */
  detach(): Buffer
}
