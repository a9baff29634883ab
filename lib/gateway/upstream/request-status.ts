/** A longer answer is not read to its end. */
const bytesMax = 65_536

/** Asks for `path` and resolves with the status once the answer is over. Rejects with whatever went wrong. */
export function requestStatus(
  upstream: Upstream,
  request: { readonly path: string; readonly headers: readonly string[] },
  signal: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    let abort: ((reason: Error) => void) | null = null
    let answered = 0
    let bytes = 0
    const give = (settle: () => void) => {
      signal.removeEventListener('abort', stop)
      settle()
    }
    const stop = () => {
      const reason: Error = signal.reason
      if (abort === null) give(() => reject(reason))
      else abort(reason)
    }
    const handler: UpstreamHandler = {
      onConnect(stopRequest) {
        abort = stopRequest
        if (signal.aborted) stopRequest(signal.reason)
      },
      onHeaders(status) {
        answered = status
      },
      onData(chunk) {
        bytes += chunk.length
        if (bytes > bytesMax) {
          give(() => resolve(answered))
          abort?.(new Error('The rest is not read.'))
        }
        return true
      },
      onComplete: () => give(() => resolve(answered)),
      onUpgrade: (_status, _fields, socket) => void socket.destroy(),
      onError: (error) => give(() => reject(error)),
    }
    signal.addEventListener('abort', stop)
    upstream.dispatch(
      {
        method: 'GET',
        path: request.path,
        headers: request.headers,
        body: null,
        contentLength: null,
        isUpgrade: false,
        bodyTimeoutMs: 60_000,
        trailers: null,
      },
      handler,
    )
  })
}

import type { Upstream, UpstreamHandler } from '@/lib/gateway/upstream/upstream.ts'
