import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  ClientSessionRequestOptions,
  OutgoingHttpHeaders,
} from 'node:http2'

/** More streams than this get another connection, however many the peer would take. */
const streamsMax = 100
/** Long before the ids of streams run out (RFC 9113 §5.1.1), a connection makes room for a new one. */
const streamsOverLifeMax = 1_000_000
const idleMs = 30_000
/** A connection that was silent for longer may be dead without anybody having told. */
const trustedSilenceMs = 30_000
const pingTimeoutMs = 5_000

/** One HTTP/2 connection to an instance. */
export class UpstreamSession {
  readonly #session: ClientHttp2Session
  readonly #onRoom: () => void
  #openStreams = 0
  #streamsLeft: number
  #heardAt = performance.now()
  #idle: NodeJS.Timeout | null = null
  #pinging: NodeJS.Timeout | null = null
  #lastStreamTaken = Number.POSITIVE_INFINITY

  /** `onRoom`: a stream has ended, or this connection has. */
  constructor(session: ClientHttp2Session, onRoom: () => void, streamsMaxOverLife = streamsOverLifeMax) {
    this.#session = session
    this.#streamsLeft = streamsMaxOverLife
    this.#onRoom = onRoom
    session.on('goaway', (_code, lastStreamId) => {
      this.#lastStreamTaken = lastStreamId ?? this.#lastStreamTaken
    })
    session.once('close', () => {
      if (this.#idle !== null) clearTimeout(this.#idle)
      if (this.#pinging !== null) clearTimeout(this.#pinging)
    })
    this.#awaitUse()
  }

  /** False from the moment that either side has begun to close it. */
  get isUsable(): boolean {
    return !this.#session.closed && !this.#session.destroyed
  }

  get hasRoom(): boolean {
    const peerMax = this.#session.remoteSettings.maxConcurrentStreams ?? streamsMax
    return this.isUsable && this.#streamsLeft > 0 && this.#openStreams < Math.min(peerMax, streamsMax)
  }

  /** Throws when the headers cannot be sent, or the session is no longer usable. */
  request(headers: OutgoingHttpHeaders, options: ClientSessionRequestOptions): ClientHttp2Stream {
    const stream = this.#session.request(headers, options)
    this.#openStreams += 1
    this.#streamsLeft -= 1
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#idle = null
    if (performance.now() - this.#heardAt > trustedSilenceMs) this.#ping()
    return stream
  }

  /** A stream of `request` has closed. */
  left(): void {
    this.#openStreams -= 1
    if (this.#openStreams === 0) {
      if (this.#streamsLeft > 0) this.#awaitUse()
      else this.close()
    }
    this.#onRoom()
  }

  heard(): void {
    this.#heardAt = performance.now()
  }

  /** A request was given up without any answer: its instance may be slow, or the connection dead. */
  unanswered(): void {
    this.#ping()
  }

  /** True of streams that the peer's GOAWAY says it never looked at. */
  hasLeftOut(streamId: number | undefined): boolean {
    return streamId !== undefined && streamId > this.#lastStreamTaken
  }

  /** Streams under way finish. */
  close(): void {
    if (this.isUsable) this.#session.close()
  }

  destroy(): void {
    this.#session.destroy()
  }

  #awaitUse(): void {
    if (!this.isUsable) return
    this.#idle = setTimeout(() => this.close(), idleMs)
    this.#idle.unref()
  }

  /** Only on suspicion: gRPC servers hang up on clients that ping for no reason. */
  #ping(): void {
    if (this.#pinging !== null || !this.isUsable) return
    const timer = setTimeout(() => this.destroy(), pingTimeoutMs)
    this.#pinging = timer
    const answered = () => {
      clearTimeout(timer)
      this.#pinging = null
      this.heard()
    }
    if (!this.#session.ping(answered)) answered()
  }
}
