import * as z from 'zod'
import { type Exchange, sendJson } from './exchange.ts'
import { parseFaults } from './faults.ts'
import { parseBody } from './request-body.ts'
import type { ServerState } from './server-state.ts'

const controlRequest = z.strictObject({
  healthy: z.boolean().optional(),
  /** In the grammar of `faults.ts`; applied to every model request until set again, `""` ends it. */
  faults: z.string().optional(),
  paceMs: z.number().min(0).optional(),
})

/** `GET /__control` tells the server's state, `POST` changes it. */
export async function control(state: ServerState, exchange: Exchange): Promise<void> {
  if (exchange.request.method === 'POST') {
    const change = parseBody(controlRequest, exchange.body)
    if (change.faults !== undefined) state.faults = parseFaults(change.faults)
    if (change.healthy !== undefined) state.healthy = change.healthy
    if (change.paceMs !== undefined) state.paceMs = change.paceMs
  }
  const { healthy, paceMs, faults } = state
  await sendJson(exchange, { healthy, paceMs, faults, requests: state.requests.length })
}
