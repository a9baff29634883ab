import { Pool } from 'undici'
import { percentile } from './measure.ts'
import { requestBody, type Target } from './peers/peer.ts'

export interface LoadResult {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Anything but a 200 with its whole body. */
  readonly failures: number
}

/** Paths that requests take in turn, in place of the target's. */
export interface Spread {
  readonly count: number
  pathOf(index: number): string
}

export interface Load {
  readonly name: string
  run(target: Target, connections: number, seconds: number, spread?: Spread): Promise<LoadResult>
}

/** The load generator for machines without wrk. It needs more CPU for a request than nginx does. */
export const undiciLoad: Load = {
  name: 'undici',
  async run(target, connections, seconds, spread) {
    const pool = new Pool(target.origin, { connections, pipelining: 1 })
    const durations: number[] = []
    let failures = 0
    let turn = 0
    const next = () => (spread === undefined ? target.path : spread.pathOf(turn++ % spread.count))
    const start = performance.now()
    const loop = async () => {
      while (performance.now() - start < seconds * 1000) {
        const sent = performance.now()
        if (await post(pool, target, next())) durations.push(performance.now() - sent)
        else failures++
      }
    }
    await Promise.all(Array.from({ length: connections }, loop))
    const elapsed = (performance.now() - start) / 1000
    await pool.destroy()
    return {
      requestsPerSecond: durations.length / elapsed,
      p50Ms: percentile(durations, 0.5),
      p99Ms: percentile(durations, 0.99),
      failures,
    }
  },
}

/** True for a 200 that came whole. */
export async function post(pool: Pool, { path: usual, headers }: Target, path = usual): Promise<boolean> {
  try {
    const answer = await pool.request({ method: 'POST', path, headers, body: requestBody })
    await answer.body.dump()
    return answer.statusCode === 200
  } catch {
    return false
  }
}
