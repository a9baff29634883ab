import { RollupSlot } from '@/lib/gateway/stages/observe/rollup-slot.ts'
import type { ServiceMeter } from '@/lib/gateway/stages/observe/service-meter.ts'

/** Where the requests of one service are counted: found by the first one, kept for the others. */
export class ServiceTally {
  meter: ServiceMeter | null = null
  /** For requests that were refused before a token was known. */
  readonly withoutToken = new RollupSlot()
}
