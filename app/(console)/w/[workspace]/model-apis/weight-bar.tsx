import { clsx } from 'clsx'

const colours = ['bg-c1', 'bg-c2', 'bg-c3', 'bg-c4', 'bg-c5', 'bg-c6']

/** The colour of the n-th share, in the bar and beside its row. */
export function shareColour(index: number): string {
  return colours[index % colours.length] ?? ''
}

interface WeightBarProps {
  readonly weights: readonly number[]
  readonly className?: string
}

/** Shares as one bar; the numbers stand beside it in words. */
export function WeightBar({ weights, className }: WeightBarProps) {
  return (
    <span
      aria-hidden="true"
      className={clsx('flex h-2 gap-px overflow-hidden rounded-tag bg-active', className)}
    >
      {weights.map((weight, index) => (
        <span
          // Shares have no names; their order is that of the rows.
          key={String(index)}
          style={{ width: `${Math.max(0, Math.min(100, weight))}%` }}
          className={clsx('forced-fill', shareColour(index))}
        />
      ))}
    </span>
  )
}
