'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type Segment<T extends string> = {
  readonly value: T
  readonly label: ReactNode
  readonly count?: number
  /** Dimmed, still choosable: the content behind it explains what is missing. */
  readonly dimmed?: boolean
}

type SegmentedProps<T extends string> = {
  readonly items: ReadonlyArray<Segment<T>>
  readonly value: T
  readonly onValueChange: (value: T) => void
  readonly 'aria-label': string
  readonly className?: string
}

/** One choice of two to five, shown whole. */
export function Segmented<T extends string>({
  items,
  value,
  onValueChange,
  className,
  ...rest
}: SegmentedProps<T>) {
  return (
    <RadioGroup
      {...rest}
      value={value}
      onValueChange={onValueChange}
      className={clsx('inline-flex max-w-full flex-wrap rounded-ctl border border-line-control', className)}
    >
      {items.map((item, index) => (
        <Radio.Root
          key={item.value}
          value={item.value}
          className={clsx(
            '-my-px flex h-ctl cursor-pointer items-center gap-2 border border-transparent px-3 text-control hover:bg-hover data-checked:z-10 data-checked:border-accent data-checked:bg-accent-tint data-checked:font-medium data-checked:text-ink data-checked:hover:bg-accent-tint',
            item.dimmed ? 'text-ink-3' : 'text-ink',
            // Hidden inputs stand between the segments, so `:first-child` and `:last-child` cannot tell.
            index === 0 && '-ml-px rounded-l-ctl',
            index === items.length - 1 ? '-mr-px rounded-r-ctl' : 'border-r-line-strong',
          )}
        >
          {item.label}
          {item.count === undefined ? null : <span className="tnum text-ink-3">{item.count}</span>}
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
