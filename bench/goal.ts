export interface Goal {
  readonly name: string
  readonly unit: string
  /** Must be reached. */
  readonly reach: number
  /** What comes next. */
  readonly aim: number
  readonly better: 'more' | 'less'
  /** Null: this run has not measured it. */
  readonly measured: number | null
}

export type Verdict = 'aim' | 'reached' | 'missed' | 'not measured'

export function verdictOn({ reach, aim, better, measured }: Goal): Verdict {
  if (measured === null || Number.isNaN(measured)) return 'not measured'
  const fulfils = (bound: number) => (better === 'more' ? measured >= bound : measured <= bound)
  if (fulfils(aim)) return 'aim'
  return fulfils(reach) ? 'reached' : 'missed'
}
