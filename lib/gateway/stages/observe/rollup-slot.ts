import type { RequestRollup } from '@/lib/snapshot/node-report.ts'

/** Remembers where the requests of one service and token are summed up, so that they need not be found each time. */
export class RollupSlot {
  /** Whose time `sum` belongs to; see `RollupBook`. */
  epoch: object | null = null
  sum: RequestRollup | null = null
}
