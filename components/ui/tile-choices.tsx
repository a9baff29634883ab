'use client'

import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import { Monogram } from './monogram.tsx'

export type TileChoice = {
  readonly value: string
  readonly title: string
  /** One to three letters. */
  readonly monogram: string
}

type TileChoicesProps = {
  readonly items: readonly TileChoice[]
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly onBlur?: () => void
  readonly 'aria-labelledby'?: string
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

/** One choice of many, each a tile with its monogram. */
export function TileChoices({ items, value, onValueChange, onBlur, ...rest }: TileChoicesProps) {
  return (
    <RadioGroup
      {...rest}
      value={value}
      onValueChange={onValueChange}
      onBlur={onBlur}
      className="grid grid-cols-1 gap-1.5 min-[440px]:grid-cols-2 lg:grid-cols-3"
    >
      {items.map((item) => (
        <Radio.Root
          key={item.value}
          value={item.value}
          className="flex min-h-10 cursor-pointer items-center gap-2 rounded-ctl border border-line-strong bg-surface px-2 py-1 text-left text-control text-ink hover:border-line-control hover:bg-hover data-checked:border-accent data-checked:bg-accent-tint data-checked:font-medium data-checked:shadow-[inset_0_0_0_1px_var(--accent)] pointer-coarse:min-h-11"
        >
          <Monogram text={item.monogram} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{item.title}</span>
        </Radio.Root>
      ))}
    </RadioGroup>
  )
}
