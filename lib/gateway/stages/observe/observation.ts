import { type GatewayError, gatewayErrors } from '@/lib/gateway/error.ts'
import type { Exchange } from '@/lib/gateway/exchange.ts'
import type { Caller } from '@/lib/gateway/stages/authorize/caller.ts'
import type { RateLimitKind } from '@/lib/gateway/stages/limit/rate-limit.ts'
import type { Route } from '@/lib/gateway/stages/match/match.ts'
import type { ModelCallNotes } from '@/lib/gateway/stages/observe/model-call-notes.ts'
import { type TokenUsage, UsageReader } from '@/lib/gateway/stages/observe/usage-reader.ts'
import type { RequestTrace } from '@/lib/gateway/trace/request-trace.ts'

/** 0 to 16, so that no instance can invent endless metrics. */
const grpcStatusForm = /^(?:\d|1[0-6])$/

const noUsage: TokenUsage = { input: null, output: null, cached: null, reasoning: null }

/** nginx's number for a caller that left; only ever in metrics. */
const clientClosedRequest = 499

/** What one request turned out to be. The stages tell it; `Observer.finish` sums it up. */
export class Observation {
  readonly exchange: Exchange
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly beganAt: number
  /** On the clock that is never set. */
  readonly startedAt = performance.now()
  route: Route | null = null
  /** Of a request to a Model API. */
  model: ModelCallNotes | null = null
  caller: Caller | null = null
  /** Of a call of the console's own; traffic has none. */
  trace: RequestTrace | null = null
  error: GatewayError | null = null
  /** Which limit refused it; `rate` and `quota` are those of a Model API. */
  limitedBy: RateLimitKind | 'rate' | 'quota' | null = null
  status = 0
  /** Of a gRPC call; null for anything else, and where none came. */
  grpcStatus: number | null = null
  bytesOut = 0
  firstByteMs = 0
  #usageReader: UsageReader | null = null

  constructor(exchange: Exchange, requestId: string, beganAt: number) {
    this.beganAt = beganAt
    this.exchange = exchange
    this.requestId = requestId
  }

  answerBegan(status: number, contentType: string, isEncoded: boolean): void {
    this.status = status
    this.firstByteMs = performance.now() - this.startedAt
    if (!isEncoded && mayCarryUsage(contentType)) this.#usageReader = new UsageReader()
  }

  /** `grpc-status` as an instance wrote it; what is no status is not counted as one. */
  grpcEnded(status: string | null): void {
    if (status !== null && grpcStatusForm.test(status)) this.grpcStatus = Number(status)
  }

  chunkRelayed(chunk: Buffer): void {
    this.bytesOut += chunk.length
    this.#usageReader?.push(chunk)
  }

  bytesRelayed(bytes: { out: number }): void {
    this.bytesOut += bytes.out
  }

  /** The upstream died within its answer: whatever status it had begun with, the request failed. */
  answerBroke(): void {
    this.status = 502
  }

  callerLeft(): void {
    this.status = clientClosedRequest
  }

  failed(error: GatewayError): void {
    this.error = error
    this.status = gatewayErrors[error.code].status
  }

  /** The last bytes that the caller got, where they are read for usage. */
  get tail(): Buffer | null {
    return this.#usageReader?.tail ?? null
  }

  usage(): TokenUsage {
    return this.model?.usage ?? this.#usageReader?.read() ?? noUsage
  }
}

function mayCarryUsage(contentType: string): boolean {
  return contentType.startsWith('application/json') || contentType.startsWith('text/event-stream')
}
