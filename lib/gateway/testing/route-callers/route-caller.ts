import type { IncomingHttpHeaders } from 'node:http'

/** What every caller says it is; it must stay with the gateway. */
export const callersKey = 'callers-own'

/** Calls one row of the route table as a client does that is not ours, and looks at what it reads. */
export interface RouteCaller {
  /** As a report names it. */
  readonly client: string
  /** `url`: of the API with its base path. */
  call(url: string): Promise<void>
}

export type RouteCallers = Readonly<Record<string, RouteCaller>>

export interface SeenCall {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

/** What serves the rows of one use case and protocol, as strict as the real one where clients notice. */
export interface RouteServer {
  readonly url: string
  readonly calls: readonly SeenCall[]
  close(): Promise<void>
}
