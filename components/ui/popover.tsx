'use client'

import { Popover as BasePopover } from '@base-ui/react/popover'
import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import { popupStyle } from './layer-style.ts'

type PopoverProps = {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly title?: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly openOnHover?: boolean
  readonly className?: string
  readonly children: ReactNode
}

export function Popover({
  trigger,
  title,
  align = 'start',
  openOnHover = false,
  className,
  children,
  ...state
}: PopoverProps) {
  return (
    <BasePopover.Root {...state}>
      <BasePopover.Trigger render={trigger} openOnHover={openOnHover} delay={300} />
      <BasePopover.Portal>
        <BasePopover.Positioner align={align} sideOffset={6} className="z-50">
          <BasePopover.Popup
            className={clsx(popupStyle, 'max-w-[min(420px,var(--available-width))] p-3', className)}
          >
            {title ? (
              <BasePopover.Title className="text-control font-medium">{title}</BasePopover.Title>
            ) : null}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  )
}
