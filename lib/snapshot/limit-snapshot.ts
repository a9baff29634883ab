/** One rule of a Model API on how much may be asked of it. */
export interface LimitRuleSnapshot {
  /** Both count in the same way; callers are told which of them it was. */
  readonly kind: 'rate' | 'quota'
  /** Each value has a count of its own. */
  readonly by: 'api' | 'consumer' | 'model' | 'address' | 'header'
  /** Lower case; null unless `by` is one. */
  readonly header: string | null
  /** Only values that it takes are counted; null: all. */
  readonly match: string | null
  readonly amount: number
  readonly unit: 'requests' | 'tokens'
  /** Sliding windows of rates; of quotas periods of the calendar in UTC, or all time. */
  readonly span: 'second' | 'minute' | 'hour' | 'day' | 'utc-day' | 'utc-month' | 'total'
}
