import { Pool } from 'undici'
import { post } from './load.ts'
import type { Target } from './peers/peer.ts'

/** One request at a time on one connection: every answer's time, in milliseconds. */
export async function measureLatency(target: Target, seconds: number): Promise<number[]> {
  const pool = new Pool(target.origin, { connections: 1, pipelining: 1 })
  const durations: number[] = []
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const sent = performance.now()
    if (!(await post(pool, target))) throw new Error(`${target.origin} failed a single request.`)
    durations.push(performance.now() - sent)
  }
  await pool.destroy()
  return durations
}
