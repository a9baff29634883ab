import { closeSync, openSync } from 'node:fs'
import type { Supervisor } from './supervisor.ts'

const sameKeystrokeMs = 500

/** The first signal drains, the second ends everything at once; SIGHUP reloads. */
export function answerSignals(supervisor: Supervisor, reload: () => void): void {
  const hadTerminal = hasTerminal()
  let askedAt: number | null = null
  const stop = () => {
    // One Ctrl-C arrives twice: from the terminal, and from npm, which passes it on.
    if (askedAt !== null && performance.now() - askedAt < sameKeystrokeMs) return
    if (askedAt === null) {
      console.error('Stopping: requests in flight may finish. Press Ctrl-C again to end them.')
    }
    askedAt ??= performance.now()
    void supervisor.stop(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', () => {
    // A terminal that is closed sends the same signal, and means an end.
    if (hadTerminal && !hasTerminal()) stop()
    else if (askedAt === null) reload()
  })
}

function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}
