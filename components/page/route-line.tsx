import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type RouteStop = {
  readonly label: ReactNode
  readonly value?: ReactNode
  /** Addresses, paths and methods. */
  readonly mono?: boolean
  /** `open` stops are decided, `goal` is where the line ends, `unknown` is still to be chosen, `bad` is where it breaks. */
  readonly state?: 'open' | 'goal' | 'unknown' | 'bad'
}

const rings = {
  open: 'border-accent bg-surface',
  goal: 'border-accent bg-accent',
  unknown: 'border-line-control border-dashed bg-surface',
  bad: 'border-bad-solid bg-bad-tint',
}

/** How a request travels: one line, one ring per station. */
export function RouteLine({
  stops,
  label,
}: {
  readonly stops: readonly RouteStop[]
  readonly label: string
}) {
  return (
    <ol aria-label={label} className="flex flex-col gap-y-0 md:flex-row">
      {stops.map((stop, index) => (
        <li
          key={String(index)}
          className={clsx(
            'relative min-w-0 pb-4 pl-7 md:pt-6 md:pr-6 md:pb-0 md:pl-0',
            index < stops.length - 1 && 'md:flex-1',
          )}
        >
          {index < stops.length - 1 ? (
            <span
              aria-hidden="true"
              className="absolute top-2 bottom-[-8px] left-[6px] w-0.5 bg-accent-line md:top-[6px] md:right-0 md:bottom-auto md:left-0 md:h-0.5 md:w-auto"
            />
          ) : null}
          <span
            aria-hidden="true"
            className={clsx(
              'forced-fill absolute top-0.5 left-0 size-3.5 rounded-full border-2 md:top-0',
              rings[stop.state ?? 'open'],
            )}
          />
          <span className="block text-meta text-ink-3">{stop.label}</span>
          {stop.value === undefined ? null : (
            <span
              className={clsx(
                'block text-control text-ink [overflow-wrap:anywhere]',
                stop.mono && 'font-mono',
              )}
            >
              {stop.value}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
