import type { Socket } from 'node:net'
import type { buildConnector } from 'undici'
import { tickMs, ticksOf } from '@/lib/gateway/http1/ticks.ts'
import type { Upstream, UpstreamHandler, UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'
import type { ConnectionOwner } from './connection-owner.ts'
import { writeRequestHead } from './request-head.ts'
import { UpstreamConnection } from './upstream-connection.ts'
import { UpstreamError } from './upstream-error.ts'

/** Below the 5 s after which common model servers close idle connections. */
const idleMs = 4_000
/** A connection is given up this long before the instance said that it would close it. */
const hintMarginMs = 1_000
const tickOfMs = 1_000 / tickMs

/**
 * HTTP/1.1 to one origin (RFC 9112): as many connections as there are requests at a time, the one used last
 * first, so that those which are not needed grow idle and close.
 */
export class Http1Upstream implements Upstream, ConnectionOwner<UpstreamConnection> {
  readonly #connect: buildConnector.connector
  readonly #url: URL
  readonly #connections = new Set<UpstreamConnection>()
  readonly #idle: UpstreamConnection[] = []
  readonly idleTicks = ticksOf(idleMs)
  #sweep: NodeJS.Timeout | null = null
  #dialling = 0
  #isClosed = false
  #closed: (() => void) | null = null
  tick = 0

  /** `connect` dials with its own timeout and within the egress policy. */
  constructor(origin: string, connect: buildConnector.connector) {
    this.#url = new URL(origin)
    this.#connect = connect
  }

  /** Never throws: whatever goes wrong is told to the handler. */
  dispatch(request: UpstreamRequest, handler: UpstreamHandler): void {
    let head: string
    try {
      if (this.#isClosed)
        throw new UpstreamError('POOL_CLOSED', 'The connections to the instance are closed.')
      head = writeRequestHead(request, this.#url.host)
    } catch (error) {
      handler.onError(error as Error)
      return
    }
    let connection = this.#idle.pop()
    while (connection !== undefined && !connection.isUsable) connection = this.#idle.pop()
    if (connection === undefined) this.#dial(request, head, handler)
    else connection.send(request, head, handler)
  }

  /** No new requests; resolves after the last one. */
  close(): Promise<void> {
    this.#isClosed = true
    return new Promise((resolve) => {
      this.#closed = resolve
      for (const connection of this.#idle.splice(0)) connection.close()
      this.#settle()
    })
  }

  /** Breaks what is still open. */
  async destroy(): Promise<void> {
    this.#isClosed = true
    const reason = new UpstreamError('POOL_CLOSED', 'The connections to the instance are closed.')
    for (const connection of this.#connections) connection.destroy(reason)
  }

  release(connection: UpstreamConnection): void {
    if (this.#isClosed) {
      connection.close()
      return
    }
    connection.idle(this.tick)
    this.#idle.push(connection)
  }

  forget(connection: UpstreamConnection): void {
    this.#connections.delete(connection)
    const index = this.#idle.lastIndexOf(connection)
    if (index !== -1) this.#idle.splice(index, 1)
    if (this.#connections.size === 0 && this.#sweep !== null) {
      clearInterval(this.#sweep)
      this.#sweep = null
    }
    this.#settle()
  }

  idleTicksFor(keepAliveSeconds: number | null): number {
    if (keepAliveSeconds === null) return this.idleTicks
    const hinted = Math.max(0, keepAliveSeconds * 1_000 - hintMarginMs)
    return Math.min(this.idleTicks, Math.floor((hinted / 1_000) * tickOfMs))
  }

  #dial(request: UpstreamRequest, head: string, handler: UpstreamHandler): void {
    const { hostname, host, protocol, port } = this.#url
    this.#dialling += 1
    this.#connect({ hostname, host, protocol, port }, (error, socket) => {
      this.#dialling -= 1
      if (error !== null || socket === null) {
        handler.onError(error ?? new UpstreamError('POOL_CLOSED', 'No connection was made.'))
        this.#settle()
        return
      }
      this.#add(socket as Socket).send(request, head, handler)
    })
  }

  #add(socket: Socket): UpstreamConnection {
    const connection = new UpstreamConnection(this, socket)
    this.#connections.add(connection)
    this.#sweep ??= setInterval(() => this.#checkDeadlines(), tickMs).unref()
    return connection
  }

  #checkDeadlines(): void {
    this.tick += 1
    for (const connection of this.#connections) connection.checkDeadlines(this.tick)
  }

  #settle(): void {
    if (this.#connections.size === 0 && this.#dialling === 0) this.#closed?.()
  }
}
