'use client'

import { Menu as BaseMenu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import { Check, Search, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { Kbd } from '@/components/ui/kbd.tsx'
import { controlStyle, optionStyle, popupStyle } from '@/components/ui/layer-style.ts'

export type Filter = {
  readonly id: string
  readonly label: string
  readonly options: ReadonlyArray<{ readonly value: string; readonly label: string; readonly count?: number }>
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

type FilterBarProps = {
  readonly search?: string
  /** Without it there is no search box, only filters. Called 250 ms after typing stops. Replace history, do not push. */
  readonly onSearchChange?: (search: string) => void
  readonly searchLabel?: string
  readonly filters?: readonly Filter[]
  /** At the right end: "7 of 9". */
  readonly count?: ReactNode
}

/** One search box and one chip per filter. Hide it while the list is in first use. */
export function FilterBar({
  search = '',
  onSearchChange,
  searchLabel = '',
  filters = [],
  count,
}: FilterBarProps) {
  const t = useTranslations('kit')
  const narrowed = search !== '' || filters.some((filter) => filter.value.length > 0)
  const clear = () => {
    onSearchChange?.('')
    for (const filter of filters) filter.onChange([])
  }
  return (
    <search className="no-print flex flex-wrap items-center gap-2 pb-2">
      {onSearchChange ? <SearchBox value={search} onChange={onSearchChange} label={searchLabel} /> : null}
      {filters.map((filter) => (
        <FilterChip key={filter.id} filter={filter} />
      ))}
      {narrowed ? (
        <Button variant="quiet" size="sm" onClick={clear}>
          {t('filter.clear')}
        </Button>
      ) : null}
      {count ? <span className="tnum ml-auto text-control text-ink-3">{count}</span> : null}
    </search>
  )
}

const debounceMs = 250

type SearchBoxProps = {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly label: string
}

export function SearchBox({ value, onChange, label }: SearchBoxProps) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  useEffect(() => {
    // The URL changed by itself (Back, "Clear filters"): follow it, but never overwrite what is being typed.
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      onChange(text)
    }, debounceMs)
    return () => clearTimeout(timer)
  }, [text, onChange])
  return (
    <div className="relative w-full md:w-[280px]">
      <Search
        size={16}
        strokeWidth={1.5}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-2"
      />
      <input
        type="search"
        data-page-search=""
        aria-label={label}
        placeholder={label}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        className={clsx(controlStyle, 'pr-8 pl-[34px] [&::-webkit-search-cancel-button]:hidden')}
      />
      <Kbd
        keys="/"
        className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 pointer-coarse:hidden"
      />
    </div>
  )
}

function FilterChip({ filter }: { readonly filter: Filter }) {
  const t = useTranslations('kit')
  const chosen = filter.options.filter((option) => filter.value.includes(option.value))
  const on = chosen.length > 0
  const toggle = (value: string, checked: boolean) =>
    filter.onChange(checked ? [...filter.value, value] : filter.value.filter((other) => other !== value))
  const text = on
    ? chosen.length === 1
      ? t('filter.is', { label: filter.label, value: chosen[0]?.label ?? '' })
      : t('filter.isAny', { label: filter.label, count: chosen.length })
    : `+ ${filter.label}`
  return (
    <span className="inline-flex">
      <BaseMenu.Root>
        <BaseMenu.Trigger
          className={clsx(
            'inline-flex h-7 items-center rounded-ctl border px-2 text-control pointer-coarse:h-ctl',
            on
              ? 'rounded-r-none border-r-0 border-accent-line bg-accent-tint text-ink'
              : 'border-dashed border-line-strong text-ink-2 hover:border-line-control hover:text-ink',
          )}
        >
          {text}
        </BaseMenu.Trigger>
        <BaseMenu.Portal>
          <BaseMenu.Positioner align="start" sideOffset={4} className="z-50">
            <BaseMenu.Popup
              className={clsx(popupStyle, 'max-h-(--available-height) min-w-[180px] overflow-y-auto p-1')}
            >
              {filter.options.map((option) => (
                <BaseMenu.CheckboxItem
                  key={option.value}
                  checked={filter.value.includes(option.value)}
                  onCheckedChange={(checked) => toggle(option.value, checked)}
                  closeOnClick={false}
                  className={optionStyle}
                >
                  <span className="grid size-4 place-items-center rounded-tag border border-line-control">
                    <BaseMenu.CheckboxItemIndicator>
                      <Check size={12} strokeWidth={2.5} aria-hidden="true" />
                    </BaseMenu.CheckboxItemIndicator>
                  </span>
                  <span className="flex-1">{option.label}</span>
                  {option.count === undefined ? null : (
                    <span className="tnum text-ink-3">{option.count}</span>
                  )}
                </BaseMenu.CheckboxItem>
              ))}
            </BaseMenu.Popup>
          </BaseMenu.Positioner>
        </BaseMenu.Portal>
      </BaseMenu.Root>
      {on ? (
        <button
          type="button"
          aria-label={t('filter.remove', { label: filter.label })}
          onClick={() => filter.onChange([])}
          className="grid h-7 w-6 place-items-center rounded-r-ctl border border-l-0 border-accent-line bg-accent-tint text-ink hover:bg-hover pointer-coarse:h-ctl"
        >
          <X size={12} strokeWidth={2} aria-hidden="true" />
        </button>
      ) : null}
    </span>
  )
}
