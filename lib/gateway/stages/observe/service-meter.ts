import type { RateLimitKind } from '@/lib/gateway/stages/limit/rate-limit.ts'
import { Histogram } from '@/lib/observability/histogram.ts'

/** Which limit refused a request: a rate or a quota, or the queue of a service whose instances are all busy. */
export type LimitKind = RateLimitKind | 'queue' | 'rate' | 'quota'

/** Totals of one service since the node started. */
export class ServiceMeter {
  readonly byStatus = new Map<number, number>()
  readonly byGrpcStatus = new Map<number, number>()
  readonly limited = new Map<LimitKind, number>()
  readonly requestSeconds = new Histogram()
  readonly firstByteSeconds = new Histogram()
  bytesIn = 0
  bytesOut = 0
  inputTokens = 0
  outputTokens = 0

  countStatus(status: number): void {
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1)
  }

  countGrpcStatus(status: number): void {
    this.byGrpcStatus.set(status, (this.byGrpcStatus.get(status) ?? 0) + 1)
  }

  countLimited(kind: LimitKind): void {
    this.limited.set(kind, (this.limited.get(kind) ?? 0) + 1)
  }
}
