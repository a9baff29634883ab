'use client'

import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { clsx } from 'clsx'
import { Check, ChevronDown } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { controlStyle, optionStyle, popupStyle } from './layer-style.ts'
import type { SelectItem } from './select.tsx'

export type ComboboxProps<T extends string> = {
  readonly items: ReadonlyArray<SelectItem<T>>
  readonly value: T | null
  readonly onValueChange: (value: T | null) => void
  readonly placeholder?: string | undefined
  readonly mono?: boolean | undefined
  readonly id?: string | undefined
  readonly ref?: Ref<HTMLInputElement> | undefined
  readonly onBlur?: (() => void) | undefined
  readonly disabled?: boolean | undefined
  readonly 'aria-label'?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

/** One choice of a long list, found by typing. */
export function Combobox<T extends string>({
  items,
  value,
  onValueChange,
  mono = false,
  disabled = false,
  ...input
}: ComboboxProps<T>) {
  const t = useTranslations('kit')
  const selected = items.find((item) => item.value === value) ?? null
  return (
    <BaseCombobox.Root
      items={items}
      value={selected}
      disabled={disabled}
      onValueChange={(next) => onValueChange(next?.value ?? null)}
      isItemEqualToValue={(left, right) => left.value === right.value}
    >
      <div className="relative">
        <BaseCombobox.Input {...input} className={clsx(controlStyle, 'pr-8', mono && 'font-mono')} />
        <BaseCombobox.Trigger
          aria-label={t('combobox.open')}
          className="absolute inset-y-0 right-0 grid w-8 place-items-center text-ink-2"
        >
          <ChevronDown size={16} strokeWidth={1.5} aria-hidden="true" />
        </BaseCombobox.Trigger>
      </div>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner sideOffset={4} className="z-50">
          <BaseCombobox.Popup
            className={clsx(
              popupStyle,
              'max-h-[min(320px,var(--available-height))] w-(--anchor-width) overflow-y-auto p-1',
            )}
          >
            <BaseCombobox.Empty className="px-2 py-1.5 text-control text-ink-3 empty:hidden">
              {t('combobox.nothing')}
            </BaseCombobox.Empty>
            <BaseCombobox.List>
              {(item: SelectItem<T>) => (
                <BaseCombobox.Item
                  key={item.value}
                  value={item}
                  disabled={item.disabledReason !== undefined}
                  className={clsx(optionStyle, 'grid grid-cols-[16px_1fr]')}
                >
                  <BaseCombobox.ItemIndicator className="col-start-1">
                    <Check size={14} strokeWidth={2} aria-hidden="true" />
                  </BaseCombobox.ItemIndicator>
                  <span className="col-start-2 min-w-0">
                    <span className={clsx('block truncate', mono && 'font-mono')}>{item.label}</span>
                    {(item.disabledReason ?? item.description) ? (
                      <span className="block text-meta text-ink-3">
                        {item.disabledReason ?? item.description}
                      </span>
                    ) : null}
                  </span>
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  )
}
