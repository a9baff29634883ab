import type { Readable } from 'node:stream'
import { refusal } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Runtime } from '@/lib/gateway/runtime/runtime.ts'
import { Deadline } from '@/lib/gateway/stages/forward/deadline.ts'
import { readGrpcTimeout } from '@/lib/gateway/stages/forward/grpc-timeout.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'
import type { Observation } from '@/lib/gateway/stages/observe/observation.ts'

/** One request on its way to an instance; the same for all its attempts, and so are its body and its deadline. */
export class Forwarding {
  readonly runtime: Runtime
  readonly route: Route
  readonly exchange: Exchange
  readonly observation: Observation
  readonly deadline: Deadline
  #body: Buffer | Readable | null | undefined

  /** Throws `grpc_not_enabled` for a gRPC call to a service that takes none. */
  constructor(runtime: Runtime, route: Route, exchange: Exchange, observation: Observation) {
    this.runtime = runtime
    this.route = route
    this.exchange = exchange
    this.observation = observation
    const { headers } = route.request
    if (headers.isGrpc && route.service.protocol !== 'grpc') {
      throw refusal('grpc_not_enabled', 'This service takes no gRPC calls.')
    }
    this.deadline = new Deadline(
      Math.min(route.service.requestTimeoutMs, runtime.limits.requestMs),
      headers.isGrpc ? readGrpcTimeout(headers.endToEnd) : null,
    )
  }

  /** Taken on first use, so a caller that awaits `100 Continue` sends nothing that no instance would get. */
  get body(): Buffer | Readable | null {
    if (this.#body === undefined) {
      const { requestBodyBytesMax, clientIdleMs } = this.runtime.limits
      this.#body = this.exchange.takeBody({
        bytesDeclared: this.route.request.headers.contentLength,
        bytesMax: requestBodyBytesMax,
        idleMs: clientIdleMs,
      })
    }
    return this.#body
  }
}
