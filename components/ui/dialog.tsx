'use client'

import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import type { ReactNode, RefObject } from 'react'
import { backdropStyle } from './layer-style.ts'

export type DialogProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: ReactNode
  readonly description?: ReactNode
  /** Buttons, right-aligned: the safe one first, the acting one last. */
  readonly footer?: ReactNode
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined
  readonly width?: 'md' | 'lg'
  readonly children?: ReactNode
}

/** A short question. Longer work belongs on a page or in a `Drawer`. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  initialFocus,
  width = 'md',
  children,
}: DialogProps) {
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropStyle} />
        <BaseDialog.Viewport className="fixed inset-0 z-50 grid place-items-center overflow-y-auto p-4">
          <BaseDialog.Popup
            {...(initialFocus ? { initialFocus } : {})}
            className={clsx(
              'w-full rounded-layer border border-transparent bg-raised p-6 shadow-dialog outline-none transition-[opacity,scale] duration-[180ms] ease-out in-data-[theme=dark]:border-line data-ending-style:scale-[.98] data-ending-style:opacity-0 data-starting-style:scale-[.98] data-starting-style:opacity-0',
              width === 'md' ? 'max-w-[460px]' : 'max-w-[680px]',
            )}
          >
            <BaseDialog.Title className="text-title text-ink">{title}</BaseDialog.Title>
            {description ? (
              <BaseDialog.Description className="mt-1 text-control text-ink-2">
                {description}
              </BaseDialog.Description>
            ) : null}
            {children ? <div className="mt-4">{children}</div> : null}
            {footer ? <div className="mt-5 flex flex-wrap justify-end gap-2">{footer}</div> : null}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
