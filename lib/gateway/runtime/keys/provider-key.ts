import type { Credential } from '@/lib/providers/provider.ts'
import type { UpstreamServiceReport } from '@/lib/snapshot/node-report.ts'

export type KeyReport = UpstreamServiceReport['keys'][number]

/** What is known about a key by using it. Outlives snapshots as long as id and text of the key stay the same. */
export class KeyState {
  readonly id: string
  report: KeyReport
  /** Failed answers since the last good one. */
  failures = 0
  /** No snapshot has the key any more; requests under way may still tell of it. */
  isReleased = false
  /** Ends a pause. */
  timer: NodeJS.Timeout | undefined

  constructor(id: string, now: number) {
    this.id = id
    this.report = { keyId: id, state: 'unknown', reason: null, since: now, until: null }
  }
}

/** A key as one snapshot has it. */
export interface ProviderKey {
  readonly credential: Credential
  readonly state: KeyState
}

export const noKeysTried: readonly ProviderKey[] = []
