'use client'

import { Select as BaseSelect } from '@base-ui/react/select'
import { clsx } from 'clsx'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { controlStyle, optionStyle, popupStyle } from './layer-style.ts'

export type SelectItem<T extends string> = {
  readonly value: T
  readonly label: string
  readonly description?: ReactNode
  readonly disabledReason?: string | undefined
}

export type SelectProps<T extends string> = {
  readonly items: ReadonlyArray<SelectItem<T>>
  readonly value: T | null
  readonly onValueChange: (value: T) => void
  readonly placeholder?: string | undefined
  readonly mono?: boolean | undefined
  readonly id?: string | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
  readonly onBlur?: (() => void) | undefined
  readonly disabled?: boolean | undefined
  readonly className?: string | undefined
  readonly 'aria-label'?: string | undefined
  readonly 'aria-labelledby'?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

/** One choice of a short known list. For long or searchable lists use `Combobox`. */
export function Select<T extends string>({
  items,
  value,
  onValueChange,
  placeholder,
  mono = false,
  disabled = false,
  className,
  ...trigger
}: SelectProps<T>) {
  return (
    <BaseSelect.Root
      items={items}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next)
      }}
    >
      <BaseSelect.Trigger
        {...trigger}
        className={clsx(
          controlStyle,
          'flex cursor-default items-center justify-between gap-2 text-left',
          mono && 'font-mono',
          className,
        )}
      >
        <BaseSelect.Value placeholder={placeholder} className="truncate data-placeholder:text-ink-3" />
        <BaseSelect.Icon>
          <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" className="text-ink-2" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <BaseSelect.Popup className={clsx(popupStyle, 'max-h-(--available-height) min-w-(--anchor-width)')}>
            <BaseSelect.List className="overflow-y-auto p-1">
              {items.map((item) => (
                <Option key={item.value} item={item} mono={mono} />
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}

function Option<T extends string>({ item, mono }: { readonly item: SelectItem<T>; readonly mono: boolean }) {
  const note = item.disabledReason ?? item.description
  return (
    <BaseSelect.Item
      value={item.value}
      disabled={item.disabledReason !== undefined}
      className={clsx(optionStyle, 'grid grid-cols-[16px_1fr]')}
    >
      <BaseSelect.ItemIndicator className="col-start-1">
        <Check size={14} strokeWidth={2} aria-hidden="true" />
      </BaseSelect.ItemIndicator>
      <span className="col-start-2 min-w-0">
        <BaseSelect.ItemText className={clsx('block truncate', mono && 'font-mono')}>
          {item.label}
        </BaseSelect.ItemText>
        {note ? <span className="block text-meta text-ink-3">{note}</span> : null}
      </span>
    </BaseSelect.Item>
  )
}
