'use client'

import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from './icon-button.tsx'
import { backdropStyle } from './layer-style.ts'

export type DrawerProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly width?: 480 | 720 | 960
  /** Stays at the bottom while the content scrolls. */
  readonly footer?: ReactNode
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined
  readonly children: ReactNode
}

const widths = { 480: 'max-w-[480px]', 720: 'max-w-[720px]', 960: 'max-w-[960px]' }

/** A panel from the right to look, test and make small edits. Keep `open` in the URL (`?invoke=…`). */
export function Drawer({
  open,
  onOpenChange,
  title,
  description,
  width = 480,
  footer,
  initialFocus,
  children,
}: DrawerProps) {
  const t = useTranslations('kit')
  return (
    <BaseDialog.Root open={open} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropStyle} />
        <BaseDialog.Viewport className="fixed inset-0 z-50 flex justify-end">
          <BaseDialog.Popup
            {...(initialFocus ? { initialFocus } : {})}
            className={clsx(
              'flex h-full w-full flex-col border-transparent bg-raised shadow-dialog outline-none transition-transform duration-[220ms] ease-out in-data-[theme=dark]:border-l in-data-[theme=dark]:border-line data-ending-style:translate-x-full data-starting-style:translate-x-full md:rounded-l-layer',
              widths[width],
            )}
          >
            <header className="flex items-start justify-between gap-4 border-b border-line px-6 py-4">
              <div className="min-w-0">
                <BaseDialog.Title className="text-title text-ink">{title}</BaseDialog.Title>
                {description ? (
                  <BaseDialog.Description className="text-control text-ink-2">
                    {description}
                  </BaseDialog.Description>
                ) : null}
              </div>
              <BaseDialog.Close
                render={<IconButton icon={X} label={t('close')} tooltip={false} className="-mr-1" />}
              />
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">{children}</div>
            {footer ? (
              <footer className="flex flex-wrap items-center gap-2 border-t border-line px-6 py-3">
                {footer}
              </footer>
            ) : null}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
