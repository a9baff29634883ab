/** Over what time uses are summed: sliding windows, periods of the calendar in UTC, or all time. */
export const limitSpans = ['second', 'minute', 'hour', 'day', 'utc-day', 'utc-month', 'total'] as const
export type LimitSpan = (typeof limitSpans)[number]

const slidingMs: Readonly<Partial<Record<LimitSpan, number>>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
}

/** Null: it does not slide. */
export function slidingMsOf(span: LimitSpan): number | null {
  return slidingMs[span] ?? null
}

/** Worth keeping over a restart: what is shorter is over when the next process serves. */
export function isKept(span: LimitSpan): boolean {
  return span !== 'second' && span !== 'minute'
}

export interface Period {
  /** Milliseconds since the epoch. */
  readonly from: number
  /** Null: never. */
  readonly until: number | null
}

const allTime: Period = { from: 0, until: null }

/** The period that a time lies in, of spans that do not slide. */
export function periodAt(span: LimitSpan, now: number): Period {
  if (span === 'total') return allTime
  const date = new Date(now)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  if (span === 'utc-month') return { from: Date.UTC(year, month), until: Date.UTC(year, month + 1) }
  const day = date.getUTCDate()
  return { from: Date.UTC(year, month, day), until: Date.UTC(year, month, day + 1) }
}
