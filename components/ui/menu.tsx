'use client'

import { Menu as BaseMenu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import { Check, type LucideIcon, MoreHorizontal } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { IconButton } from './icon-button.tsx'
import { Kbd } from './kbd.tsx'
import { optionStyle, popupStyle } from './layer-style.ts'

type MenuProps = {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly children: ReactNode
}

export function Menu({ trigger, align = 'end', side = 'bottom', children }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} side={side} sideOffset={4} className="z-50">
          <BaseMenu.Popup
            className={clsx(popupStyle, 'max-h-(--available-height) min-w-[180px] overflow-y-auto p-1')}
          >
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

/** The ⋯ menu of a row or a page. */
export function MoreMenu({
  label,
  edge = false,
  children,
}: {
  readonly label: string
  readonly edge?: boolean
  readonly children: ReactNode
}) {
  return (
    <Menu
      trigger={
        <IconButton icon={MoreHorizontal} label={label} variant={edge ? 'edge' : 'quiet'} tooltip={false} />
      }
    >
      {children}
    </Menu>
  )
}

type MenuItemProps = {
  readonly children: ReactNode
  readonly onSelect?: () => void
  /** Makes the item a link. */
  readonly href?: string
  readonly icon?: LucideIcon
  readonly shortcut?: string
  readonly danger?: boolean
  readonly disabledReason?: string | undefined
}

export function MenuItem({
  children,
  onSelect,
  href,
  icon: Icon,
  shortcut,
  danger = false,
  disabledReason,
}: MenuItemProps) {
  const off = disabledReason !== undefined
  return (
    <BaseMenu.Item
      disabled={off}
      {...(onSelect ? { onClick: onSelect } : {})}
      {...(href ? { render: <Link href={href} />, nativeButton: false } : {})}
      className={clsx(optionStyle, danger && !off && 'text-bad-text!')}
    >
      {Icon ? <Icon size={16} strokeWidth={1.5} aria-hidden="true" className="shrink-0" /> : null}
      <span className="min-w-0 flex-1">
        {children}
        {off ? <span className="block text-meta text-ink-3">{disabledReason}</span> : null}
      </span>
      {shortcut ? <Kbd keys={shortcut} /> : null}
    </BaseMenu.Item>
  )
}

type MenuChoiceProps<T extends string> = {
  readonly label: string
  readonly value: T
  readonly onValueChange: (value: T) => void
  readonly items: ReadonlyArray<{ readonly value: T; readonly label: string; readonly lang?: string }>
}

/** A named group of which one item is ticked. */
export function MenuChoice<T extends string>({ label, value, onValueChange, items }: MenuChoiceProps<T>) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2 pt-1.5 pb-1 text-meta text-ink-3">{label}</BaseMenu.GroupLabel>
      <BaseMenu.RadioGroup value={value} onValueChange={onValueChange}>
        {items.map((item) => (
          <BaseMenu.RadioItem
            key={item.value}
            value={item.value}
            closeOnClick
            lang={item.lang}
            className={optionStyle}
          >
            <span className="grid size-4 place-items-center">
              <BaseMenu.RadioItemIndicator>
                <Check size={14} strokeWidth={2} aria-hidden="true" />
              </BaseMenu.RadioItemIndicator>
            </span>
            {item.label}
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </BaseMenu.Group>
  )
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="-mx-1 my-1 h-px bg-line" />
}
