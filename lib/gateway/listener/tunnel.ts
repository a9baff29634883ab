import type { Duplex } from 'node:stream'

export interface Tunnel {
  readonly caller: Duplex
  readonly upstream: Duplex
  /** What the caller sent before the tunnel stood. */
  readonly firstBytes: Buffer
  /** Silence on both sides, after which both end. */
  readonly idleMs: number
  onBytesIn(count: number): void
  onClosed(bytesOut: number): void
}

/** Passes raw bytes both ways. Either side's end, error or long silence ends both. */
export function openTunnel({ caller, upstream, firstBytes, idleMs, onBytesIn, onClosed }: Tunnel): void {
  let bytesOut = 0
  let isClosed = false
  let isActive = false
  const close = () => {
    if (isClosed) return
    isClosed = true
    clearInterval(idle)
    caller.destroy()
    upstream.destroy()
    onClosed(bytesOut)
  }
  const idle = setInterval(() => {
    if (!isActive) close()
    isActive = false
  }, idleMs)
  idle.unref()
  caller.on('data', (chunk: Buffer) => {
    isActive = true
    onBytesIn(chunk.length)
  })
  upstream.on('data', (chunk: Buffer) => {
    isActive = true
    bytesOut += chunk.length
  })
  for (const [side, other] of [
    [caller, upstream],
    [upstream, caller],
  ] as const) {
    side.on('error', close)
    side.on('close', () => {
      // The last that one side said may still be on its way to a slow reader on the other.
      if (other.writableEnded && !other.writableFinished && !other.destroyed) other.once('finish', close)
      else close()
    })
  }
  if (firstBytes.length > 0) {
    onBytesIn(firstBytes.length)
    upstream.write(firstBytes)
  }
  caller.pipe(upstream)
  upstream.pipe(caller)
}
