import { Histogram } from '@/lib/observability/histogram.ts'

/** Totals of one service since the node started. */
export class ServiceMeter {
  readonly byStatus = new Map<number, number>()
  readonly requestSeconds = new Histogram()
  readonly firstByteSeconds = new Histogram()
  bytesIn = 0
  bytesOut = 0
  inputTokens = 0
  outputTokens = 0

  countStatus(status: number): void {
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1)
  }
}
