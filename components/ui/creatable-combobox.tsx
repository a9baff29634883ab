'use client'

import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { clsx } from 'clsx'
import { Check, ChevronDown } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { controlStyle, optionStyle, popupStyle } from './layer-style.ts'

type CreatableComboboxProps = {
  /** What is offered; anything else may be written. */
  readonly items: readonly string[]
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly placeholder?: string | undefined
  readonly id?: string | undefined
  readonly ref?: Ref<HTMLInputElement> | undefined
  readonly onBlur?: (() => void) | undefined
  readonly 'aria-label'?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

/** One identifier: chosen from what is known, or written. */
export function CreatableCombobox({ items, value, onValueChange, ...input }: CreatableComboboxProps) {
  const t = useTranslations('kit')
  return (
    <BaseCombobox.Root
      items={items}
      value={items.includes(value) ? value : null}
      inputValue={value}
      onValueChange={(next) => onValueChange(next ?? '')}
      onInputValueChange={(text, { reason }) => {
        // Closing the list would empty the text of what is not in it.
        if (reason === 'input-change' || reason === 'item-press') onValueChange(text)
      }}
    >
      <div className="relative">
        <BaseCombobox.Input
          {...input}
          spellCheck={false}
          autoComplete="off"
          className={clsx(controlStyle, 'pr-8 font-mono text-ellipsis placeholder:font-sans')}
        />
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
              'max-h-[min(320px,var(--available-height))] w-(--anchor-width) overflow-y-auto p-1 data-empty:hidden',
            )}
          >
            <BaseCombobox.List>
              {(item: string) => (
                <BaseCombobox.Item
                  key={item}
                  value={item}
                  className={clsx(optionStyle, 'grid grid-cols-[16px_1fr]')}
                >
                  <BaseCombobox.ItemIndicator className="col-start-1">
                    <Check size={14} strokeWidth={2} aria-hidden="true" />
                  </BaseCombobox.ItemIndicator>
                  <span className="col-start-2 truncate font-mono">{item}</span>
                </BaseCombobox.Item>
              )}
            </BaseCombobox.List>
          </BaseCombobox.Popup>
        </BaseCombobox.Positioner>
      </BaseCombobox.Portal>
    </BaseCombobox.Root>
  )
}
