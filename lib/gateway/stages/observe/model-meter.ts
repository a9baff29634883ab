import { ServiceMeter } from '@/lib/gateway/stages/observe/service-meter.ts'
import { Histogram } from '@/lib/observability/histogram.ts'

/** Totals of one Model API and one service that it routes to, since the node started. */
export class ModelMeter extends ServiceMeter {
  readonly api: string
  readonly service: string
  readonly firstTokenSeconds = new Histogram()

  constructor(api: string, service: string) {
    super()
    this.api = api
    this.service = service
  }
}
