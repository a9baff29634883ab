import type { FailureClass } from '@/lib/gateway/runtime/health/verdict.ts'

/** Totals of one service's instances since the node started. */
export interface FleetCounts {
  readonly ejections: Record<FailureClass, number>
  pauses: number
  readonly queueRefusals: { full: number; timedOut: number }
  /** `answered`: the further try brought an answer. `failed`: the last one did not. `overBudget`: it was not tried. */
  readonly retries: { answered: number; failed: number; overBudget: number }
}

export function createFleetCounts(): FleetCounts {
  return {
    ejections: { connect: 0, timeout: 0, serverError: 0 },
    pauses: 0,
    queueRefusals: { full: 0, timedOut: 0 },
    retries: { answered: 0, failed: 0, overBudget: 0 },
  }
}
