import { type ClientHttp2Session, connect } from 'node:http2'

export interface Http2Requests {
  answered(): number
  /** How many connections were opened; more than one where the gateway asked to leave. */
  sessions(): number
  /** `200`, or what the client says went wrong, and how many there were. */
  stop(): Promise<ReadonlyMap<string, number>>
}

/**
 * That many callers on one HTTP/2 connection, which is left for a new one when a GOAWAY comes. What is refused then
 * has not been looked at, and is asked again as RFC 9113 §8.7 has it; nothing else is.
 */
export function startHttp2Requests(
  url: string,
  { callers, headers }: { callers: number; headers: Record<string, string> },
): Http2Requests {
  const { origin, pathname } = new URL(url)
  const counts = new Map<string, number>()
  let isRunning = true
  let answered = 0
  let sessions = 0
  let current: ClientHttp2Session | null = null
  const session = () => {
    if (current === null || current.closed || current.destroyed) {
      const opened = connect(origin)
      sessions += 1
      opened.on('error', () => {})
      const leave = () => {
        if (current === opened) current = null
      }
      opened.once('goaway', leave)
      opened.once('close', leave)
      current = opened
    }
    return current
  }
  const ask = () =>
    new Promise<string>((resolve) => {
      const stream = session().request({ ...headers, ':method': 'POST', ':path': pathname })
      let status = 'no answer'
      stream.on('response', (answer) => {
        status = String(answer[':status'])
      })
      stream.on('error', (error: NodeJS.ErrnoException) => {
        status = error.message
      })
      stream.on('close', () => resolve(status))
      stream.resume()
      stream.end('x')
    })
  const caller = async () => {
    while (isRunning) {
      let outcome = await ask()
      while (outcome.endsWith('NGHTTP2_REFUSED_STREAM')) outcome = await ask()
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
      answered += 1
    }
  }
  const all = Promise.all(Array.from({ length: callers }, caller))
  return {
    answered: () => answered,
    sessions: () => sessions,
    async stop() {
      isRunning = false
      await all
      current?.close()
      return counts
    },
  }
}
