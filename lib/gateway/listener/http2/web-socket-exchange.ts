import { createHash, randomBytes } from 'node:crypto'
import { constants, type ServerHttp2Stream } from 'node:http2'
import type { Duplex } from 'node:stream'
import { GatewayError } from '@/lib/gateway/error.ts'
import type { ProtocolSwitch } from '@/lib/gateway/exchange.ts'
import { Http2Exchange, type StreamOrigin } from '@/lib/gateway/listener/http2/http2-exchange.ts'
import type { Http2Head } from '@/lib/gateway/listener/http2/http2-head.ts'
import { fieldOf, withoutNamed } from '@/lib/gateway/raw-fields.ts'

/** RFC 6455 §1.3. */
const acceptSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/**
 * A WebSocket on one stream (RFC 8441). The handshake with the instance is that of HTTP/1.1, so the key that
 * HTTP/2 does without is made, and its answer checked, here.
 */
export class WebSocketExchange extends Http2Exchange {
  override readonly isUpgrade = true
  readonly #key: string

  constructor(origin: StreamOrigin, stream: ServerHttp2Stream, head: Http2Head) {
    const key = randomBytes(16).toString('base64')
    const rawHeaders = withoutNamed(head.rawHeaders, ['sec-websocket-key'])
    rawHeaders.push('sec-websocket-key', key)
    super(origin, stream, { ...head, method: 'GET', rawHeaders })
    this.#key = key
  }

  override takeBody(): null {
    return null
  }

  /** Throws `upstream_bad_answer`, with nothing answered yet, when the instance's handshake is not one. */
  override switchProtocols({ headers, upstream, idleMs, onClosed }: ProtocolSwitch): void {
    if (fieldOf(headers, 'sec-websocket-accept') !== acceptOf(this.#key)) {
      upstream.destroy()
      throw new GatewayError('upstream_bad_answer', 'The service answered the WebSocket handshake wrongly.')
    }
    const { stream } = this
    this.start(200, '', withoutNamed(headers, ['sec-websocket-accept', 'content-length']))
    this.flush()
    let bytesOut = 0
    stream.on('data', (chunk: Buffer) => {
      this.bytesIn += chunk.length
    })
    upstream.on('data', (chunk: Buffer) => {
      bytesOut += chunk.length
    })
    stream.pipe(upstream)
    upstream.pipe(stream)
    tieTogether(stream, upstream, idleMs, () => onClosed({ in: this.bytesIn, out: bytesOut }))
  }
}

/** An end passes through the pipes; an error, an early close or long silence of either side ends both. */
function tieTogether(
  caller: ServerHttp2Stream,
  upstream: Duplex,
  idleMs: number,
  onClosed: () => void,
): void {
  let isActive = false
  const touch = () => {
    isActive = true
  }
  const idle = setInterval(() => {
    if (!isActive) close()
    isActive = false
  }, idleMs)
  idle.unref()
  const callerClosed = new Promise<void>((resolve) => caller.once('close', resolve))
  const upstreamClosed = new Promise<void>((resolve) => upstream.once('close', resolve))
  const close = () => {
    clearInterval(idle)
    // RFC 8441 §5: a reset of the stream is what a broken TCP connection is to a WebSocket.
    if (!caller.destroyed)
      caller.close(caller.writableFinished ? constants.NGHTTP2_NO_ERROR : constants.NGHTTP2_CANCEL)
    upstream.destroy()
  }
  for (const [side, other] of [
    [caller, upstream],
    [upstream, caller],
  ] as const) {
    side.on('data', touch)
    side.on('error', close)
    side.on('close', () => {
      // The last that one side said may still be on its way to a slow reader on the other.
      if (other.writableEnded && !other.writableFinished && !other.destroyed) other.once('finish', close)
      else close()
    })
  }
  void Promise.all([callerClosed, upstreamClosed]).then(onClosed)
}

function acceptOf(key: string): string {
  return createHash('sha1')
    .update(key + acceptSuffix)
    .digest('base64')
}
