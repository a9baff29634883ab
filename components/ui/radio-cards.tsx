'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

export type RadioCard<T extends string> = {
  readonly value: T
  readonly title: ReactNode
  readonly description?: ReactNode
  /** The choice stays visible and says why it cannot be taken. */
  readonly disabledReason?: string | undefined
}

type RadioCardsProps<T extends string> = {
  readonly items: ReadonlyArray<RadioCard<T>>
  readonly value: T | undefined
  readonly onValueChange: (value: T) => void
  readonly columns?: 1 | 2 | 3
  readonly name?: string
  readonly 'aria-label'?: string
  readonly 'aria-labelledby'?: string
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

const columnStyle = { 1: '', 2: 'md:grid-cols-2', 3: 'md:grid-cols-3' }

export function RadioCards<T extends string>({
  items,
  value,
  onValueChange,
  columns = 2,
  ...rest
}: RadioCardsProps<T>) {
  return (
    <RadioGroup
      {...rest}
      value={value ?? null}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next)
      }}
      className={clsx('grid grid-cols-1 gap-2', columnStyle[columns])}
    >
      {items.map((item) => (
        <Card key={item.value} item={item} />
      ))}
    </RadioGroup>
  )
}

function Card<T extends string>({ item }: { readonly item: RadioCard<T> }) {
  const id = useId()
  const off = item.disabledReason !== undefined
  return (
    <label
      htmlFor={id}
      className={clsx(
        'flex gap-2.5 rounded-ctl border border-line-strong bg-surface px-3 py-2.5 has-data-checked:border-accent has-data-checked:bg-accent-tint has-data-checked:shadow-[inset_0_0_0_1px_var(--accent)]',
        off ? 'cursor-not-allowed' : 'cursor-pointer hover:border-line-control',
      )}
    >
      <Radio.Root
        value={item.value}
        disabled={off}
        id={id}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-control bg-surface data-checked:border-[5px] data-checked:border-accent data-disabled:opacity-50"
      />
      <span className="min-w-0">
        <span
          id={`${id}-title`}
          className={clsx('block text-control font-medium', off ? 'text-ink-3' : 'text-ink')}
        >
          {item.title}
        </span>
        <span id={`${id}-text`} className="block text-meta text-ink-3">
          {item.disabledReason ?? item.description}
        </span>
      </span>
    </label>
  )
}
