import type { ConfigurationChange } from './documents.ts'

export interface ChangeRecord {
  readonly gatewayId: string
  readonly author: { readonly id: string | null; readonly name: string }
  readonly changes: readonly ConfigurationChange[]
  /** The revision that this one brings back. */
  readonly restoredFrom?: number
  readonly now: number
}
