'use client'

import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { backdropStyle } from '@/components/ui/layer-style.ts'

type PhoneMenuProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly children: ReactNode
}

/** The rail below 768 px: a panel from the left. */
export function PhoneMenu({ open, onOpenChange, children }: PhoneMenuProps) {
  const t = useTranslations('shell')
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropStyle} />
        <Dialog.Viewport className="fixed inset-0 z-40">
          <Dialog.Popup
            aria-label={t('navigation')}
            className="h-full w-[280px] max-w-[85vw] bg-canvas shadow-dialog outline-none transition-transform duration-[220ms] ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
          >
            {children}
            <Dialog.Close className="sr-only">{t('closeMenu')}</Dialog.Close>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
