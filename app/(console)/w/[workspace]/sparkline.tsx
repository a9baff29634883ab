import { sparklineShape } from './sparkline-path.ts'

interface SparklineProps {
  readonly points: readonly (number | null)[]
  /** Says in words what the line shows. */
  readonly label: string
}

const width = 180
const height = 32

/** 24 hourly values as a line that stretches to its column; gaps are hours without data. */
export function Sparkline({ points, label }: SparklineProps) {
  const shape = sparklineShape(points, width, height)
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block h-8 w-full max-w-[220px] overflow-visible"
    >
      {shape === null ? (
        <path
          d={`M2 ${height - 2}H${width - 2}`}
          className="stroke-line-strong"
          strokeDasharray="2 4"
          vectorEffect="non-scaling-stroke"
        />
      ) : (
        <>
          {shape.lines.map((line) => (
            <path
              key={line}
              d={line}
              fill="none"
              strokeWidth={1.5}
              strokeLinejoin="round"
              vectorEffect="non-scaling-stroke"
              className="stroke-c1"
            />
          ))}
          {shape.dots.map(({ x, y }) => (
            <path
              key={x}
              d={`M${x} ${y}h0.01`}
              strokeWidth={4}
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
              className="stroke-c1"
            />
          ))}
        </>
      )}
    </svg>
  )
}
