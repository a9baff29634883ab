import { openSync, readSync } from 'node:fs'

const text = Buffer.alloc(128)

export interface ThreadTimes {
  /** Milliseconds on the processor. */
  readonly ranMs: number
  /** Milliseconds ready to run while something else did. */
  readonly waitedMs: number
}

const none: ThreadTimes = { ranMs: 0, waitedMs: 0 }

/** The times of this process's main thread as the scheduler counts them; zeros elsewhere than on Linux. */
export function mainThreadTimes(): () => ThreadTimes {
  const file = open()
  if (file === null) return () => none
  return () => {
    const length = readSync(file, text, 0, text.length, 0)
    const [ran, waited] = text.toString('latin1', 0, length).split(' ')
    return { ranMs: Number(ran) / 1e6, waitedMs: Number(waited) / 1e6 }
  }
}

function open(): number | null {
  try {
    return openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
  } catch {
    return null
  }
}
