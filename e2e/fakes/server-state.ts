import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Faults } from './faults.ts'

export interface RecordedRequest {
  readonly method: string
  /** Path and query as they arrived. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** Names and values in turn, as they arrived. */
  readonly rawHeaders: readonly string[]
  readonly startedAt: number
  body: Buffer
  /** `aborted`: the connection ended before the answer did. */
  state: 'open' | 'answered' | 'aborted'
  status: number | null
}

export interface ServerState {
  readonly requests: RecordedRequest[]
  readonly models: readonly string[] | null
  readonly apiKey: string | null
  healthy: boolean
  paceMs: number
  /** Apply to every request until set again. */
  faults: Partial<Faults>
  record(request: IncomingMessage): RecordedRequest
}

const requestsMax = 1000

export function createServerState(options: {
  paceMs?: number
  models?: readonly string[]
  apiKey?: string
}): ServerState {
  const requests: RecordedRequest[] = []
  return {
    requests,
    models: options.models ?? null,
    apiKey: options.apiKey ?? null,
    healthy: true,
    paceMs: options.paceMs ?? 20,
    faults: {},
    record(request) {
      const record: RecordedRequest = {
        method: request.method ?? 'GET',
        url: request.url ?? '/',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        startedAt: Date.now(),
        body: Buffer.alloc(0),
        state: 'open',
        status: null,
      }
      requests.push(record)
      if (requests.length > requestsMax) requests.shift()
      return record
    },
  }
}
