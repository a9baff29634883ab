import { Http2Call } from '@/lib/gateway/upstream/http2/http2-call.ts'
import { type Http2Dial, openSession } from '@/lib/gateway/upstream/http2/open-session.ts'
import type { UpstreamSession } from '@/lib/gateway/upstream/http2/upstream-session.ts'
import type { Upstream, UpstreamHandler, UpstreamRequest } from '@/lib/gateway/upstream/upstream.ts'

/** What a connection that is still being made is counted on to carry. */
const streamsExpected = 100

/**
 * HTTP/2 to one origin: with prior knowledge to `http:`, by ALPN to `https:`. Requests wait for a connection
 * whose peer has said that it speaks HTTP/2, so whatever fails before was not sent.
 */
export class Http2Upstream implements Upstream {
  readonly #origin: URL
  readonly #dial: Http2Dial
  readonly #sessions = new Set<UpstreamSession>()
  readonly #waiting: Http2Call[] = []
  #dialling = 0
  #isDestroyed = false

  constructor(origin: string, dial: Http2Dial) {
    this.#origin = new URL(origin)
    this.#dial = dial
  }

  dispatch(request: UpstreamRequest, handler: UpstreamHandler): void {
    const call = new Http2Call(request, handler, this.#origin)
    const session = this.#sessionWithRoom()
    if (session !== null) {
      call.open(session)
      return
    }
    this.#waiting.push(call)
    this.#dialAsNeeded()
  }

  /** After the last request. */
  async close(): Promise<void> {
    for (const session of this.#sessions) session.close()
  }

  /** Breaks what is still open. */
  async destroy(): Promise<void> {
    this.#isDestroyed = true
    for (const session of this.#sessions) session.destroy()
  }

  #sessionWithRoom(): UpstreamSession | null {
    for (const session of this.#sessions) if (session.hasRoom) return session
    return null
  }

  #dialAsNeeded(): void {
    if (this.#waiting.length <= this.#dialling * streamsExpected) return
    this.#dialling += 1
    openSession(this.#origin, this.#dial, (error, session) => {
      this.#dialling -= 1
      if (session === null) this.#dialFailed(error)
      else this.#add(session(() => this.#serveWaiting()))
    })
  }

  #add(session: UpstreamSession): void {
    if (this.#isDestroyed) {
      session.destroy()
      return
    }
    this.#sessions.add(session)
    this.#serveWaiting()
  }

  #serveWaiting(): void {
    for (const session of this.#sessions) if (!session.isUsable) this.#sessions.delete(session)
    while (this.#waiting.length > 0) {
      const session = this.#sessionWithRoom()
      if (session === null) break
      this.#waiting.shift()?.open(session)
    }
    this.#dialAsNeeded()
  }

  /** Nobody waits for a next dial: other instances may answer at once. */
  #dialFailed(error: Error): void {
    const failed = this.#waiting.splice(0)
    for (const call of failed) call.fail(error)
  }
}
