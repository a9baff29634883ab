export interface SparklineShape {
  /** One SVG path per unbroken run of hours. */
  readonly lines: readonly string[]
  /** Hours with a value but no neighbour, which a line cannot show. */
  readonly dots: readonly { readonly x: number; readonly y: number }[]
  readonly low: number
  readonly high: number
  readonly last: number
}

const inset = 2

/** Draws hourly points, oldest first, into a box. Hours without data are gaps, not zeros. Null when there is none. */
export function sparklineShape(
  points: readonly (number | null)[],
  width: number,
  height: number,
): SparklineShape | null {
  const values = points.filter((point) => point !== null)
  const last = values.at(-1)
  if (last === undefined) return null
  const low = Math.min(...values)
  const high = Math.max(...values)
  const step = points.length > 1 ? (width - inset * 2) / (points.length - 1) : 0
  const y = (value: number) =>
    high === low ? height / 2 : height - inset - ((value - low) / (high - low)) * (height - inset * 2)
  const runs = unbrokenRuns(points).map((run) =>
    run.map(({ index, value }) => ({ x: round(inset + index * step), y: round(y(value)) })),
  )
  return {
    lines: runs
      .filter((run) => run.length > 1)
      .map((run) => `M${run.map(({ x, y }) => `${x} ${y}`).join('L')}`),
    dots: runs.flatMap((run) => (run.length === 1 ? run : [])),
    low,
    high,
    last,
  }
}

interface Point {
  readonly index: number
  readonly value: number
}

function unbrokenRuns(points: readonly (number | null)[]): Point[][] {
  const runs: Point[][] = []
  let run: Point[] = []
  for (const [index, value] of points.entries()) {
    if (value === null) run = []
    else {
      if (run.length === 0) runs.push(run)
      run.push({ index, value })
    }
  }
  return runs
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
