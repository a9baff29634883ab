'use client'

import { Combobox as BaseCombobox } from '@base-ui/react/combobox'
import { clsx } from 'clsx'
import { Check, Plus, X } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, type Ref, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { optionStyle, popupStyle } from './layer-style.ts'

type ChipsComboboxProps = {
  /** What is offered; anything else may be written. */
  readonly items: readonly string[]
  readonly value: readonly string[]
  readonly onValueChange: (value: readonly string[]) => void
  readonly placeholder?: string | undefined
  readonly id?: string | undefined
  readonly ref?: Ref<HTMLInputElement> | undefined
  readonly onBlur?: (() => void) | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
}

/** Several identifiers: chosen from what is known, or written; a pasted list becomes one chip each. */
export function ChipsCombobox({
  items,
  value,
  onValueChange,
  placeholder,
  onBlur,
  ...input
}: ChipsComboboxProps) {
  const t = useTranslations('kit')
  const [text, setText] = useState('')
  const highlighted = useRef<string | undefined>(undefined)
  const box = useRef<HTMLDivElement>(null)
  const written = text.trim()
  const fresh = written !== '' && !items.includes(written) && !value.includes(written)
  const add = (words: readonly string[]) => {
    onValueChange([...new Set([...value, ...words])])
    setText('')
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || written === '') return
    const ends = event.key === ',' || (event.key === 'Enter' && highlighted.current === undefined)
    if (!ends) return
    event.preventDefault()
    add([written])
  }
  const paste = (event: ClipboardEvent) => {
    const words = wordsOf(event.clipboardData.getData('text'))
    if (words.length < 2) return
    event.preventDefault()
    add(words)
  }
  const known = [...new Set([...value, ...items])]
  return (
    <BaseCombobox.Root
      multiple
      items={fresh ? [...known, written] : known}
      value={[...value]}
      inputValue={text}
      onInputValueChange={setText}
      onValueChange={(next) => {
        onValueChange(next)
        setText('')
      }}
      onItemHighlighted={(item) => {
        highlighted.current = item
      }}
    >
      <BaseCombobox.Chips
        ref={box}
        className={clsx(
          'flex min-h-ctl flex-wrap items-center gap-1 rounded-ctl border border-line-control bg-surface p-[3px] has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-focus',
          input['aria-invalid'] && 'border-bad-solid shadow-[inset_0_0_0_1px_var(--bad-solid)]',
        )}
      >
        {value.map((item) => (
          <BaseCombobox.Chip
            key={item}
            className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-tag border border-line-strong pl-1.5 font-mono text-meta text-ink outline-none data-highlighted:bg-hover"
          >
            <span className="truncate">{item}</span>
            <BaseCombobox.ChipRemove
              aria-label={t('chips.remove', { item })}
              className="grid size-6 place-items-center text-ink-3 hover:text-ink"
            >
              <X size={12} strokeWidth={2} aria-hidden="true" />
            </BaseCombobox.ChipRemove>
          </BaseCombobox.Chip>
        ))}
        <BaseCombobox.Input
          {...input}
          spellCheck={false}
          autoComplete="off"
          placeholder={value.length === 0 ? placeholder : undefined}
          onKeyDown={press}
          onPaste={paste}
          onBlur={() => {
            if (fresh) add([written])
            onBlur?.()
          }}
          className="h-6 min-w-[120px] flex-1 bg-transparent px-1.5 font-mono text-body text-ink outline-none!"
        />
      </BaseCombobox.Chips>
      <BaseCombobox.Portal>
        <BaseCombobox.Positioner anchor={box} sideOffset={4} className="z-50">
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
                  {fresh && item === written ? (
                    <Plus size={14} strokeWidth={2} aria-hidden="true" />
                  ) : (
                    <BaseCombobox.ItemIndicator className="col-start-1">
                      <Check size={14} strokeWidth={2} aria-hidden="true" />
                    </BaseCombobox.ItemIndicator>
                  )}
                  <span className="col-start-2 truncate">
                    {fresh && item === written ? (
                      t.rich('chips.add', { item: () => <span className="font-mono">{item}</span> })
                    ) : (
                      <span className="font-mono">{item}</span>
                    )}
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

function wordsOf(text: string): readonly string[] {
  return text.split(/[\s,;，；]+/).filter((word) => word !== '')
}
