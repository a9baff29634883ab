import type { ServerResponse } from 'node:http'
import { startUpstream, type Upstream } from '@/lib/gateway/testing/start-upstream.ts'

/** A model server that answers when the test says so. */
export interface HeldUpstream extends Upstream {
  /** Requests without an answer, oldest first. */
  readonly open: ServerResponse[]
  openMax: number
  /** Answers the oldest. */
  answer(): void
}

export async function startHeldUpstream(): Promise<HeldUpstream> {
  const open: ServerResponse[] = []
  const upstream = await startUpstream((request, response) => {
    request.resume()
    open.push(response)
    held.openMax = Math.max(held.openMax, open.length)
    response.on('close', () => {
      const index = open.indexOf(response)
      if (index !== -1) open.splice(index, 1)
    })
  })
  const held: HeldUpstream = Object.assign(upstream, {
    open,
    openMax: 0,
    answer: () => void open.shift()?.end('answer'),
  })
  return held
}
