/**
 * How a connection of layer 4 ended, or why there was none. `refused`: not let in by the gateway's lists or the
 * service's rules; `revoked`: let in and then no longer; `drained`: its instance or service went.
 */
export type NlbOutcome =
  | 'ended'
  | 'broken'
  | 'idle'
  | 'refused'
  | 'revoked'
  | 'drained'
  | 'no_instance'
  | 'unreachable'
  | 'overloaded'
  | 'not_configured'

/** Totals of one layer 4 port since the node started. */
export class NlbMeter {
  readonly byOutcome = new Map<NlbOutcome, number>()
  open = 0
  bytesIn = 0
  bytesOut = 0

  count(outcome: NlbOutcome): void {
    this.byOutcome.set(outcome, (this.byOutcome.get(outcome) ?? 0) + 1)
  }
}
