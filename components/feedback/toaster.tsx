'use client'

import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { RequestId } from './request-id.tsx'
import { StatusGlyph } from './status-glyph.tsx'
import { type ToastData, toastManager } from './toast.ts'

/** Holds the toasts: bottom right, three at most, reachable with F6. */
export function Toaster({ children }: { readonly children: ReactNode }) {
  return (
    <Toast.Provider toastManager={toastManager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="no-print fixed right-4 bottom-4 z-60 flex w-[min(380px,calc(100vw-32px))] flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts, close } = Toast.useToastManager<ToastData>()
  const undoable = toasts.find((item) => item.data?.undo && !item.limited)
  useUndoKey(() => {
    if (!undoable) return false
    close(undoable.id)
    void undoable.data?.undo?.()
    return true
  })
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      data-toast=""
      swipeDirection={['right', 'down']}
      className="rounded-box border border-line bg-raised shadow-dialog transition-[opacity,translate] duration-[180ms] ease-out data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-2.5 py-2 pr-2 pl-3">
        <StatusGlyph tone={item.data?.tone ?? 'ok'} />
        <div className="min-w-0 flex-1">
          <Toast.Title className="text-control font-normal text-ink" />
          {item.data?.requestId ? <RequestId value={item.data.requestId} /> : null}
        </div>
        <ToastActions data={item.data ?? {}} onDone={() => close(item.id)} />
      </Toast.Content>
    </Toast.Root>
  ))
}

function ToastActions({ data, onDone }: { readonly data: ToastData; readonly onDone: () => void }) {
  const t = useTranslations('kit')
  return (
    <>
      {data.link ? (
        <Link href={data.link.href} onClick={onDone} className="text-control text-accent-text underline">
          {data.link.label}
        </Link>
      ) : null}
      {data.undo ? (
        <Button
          size="sm"
          shortcut="mod+z"
          onClick={() => {
            onDone()
            void data.undo?.()
          }}
        >
          {t('undo')}
        </Button>
      ) : null}
      <Toast.Close render={<IconButton icon={X} label={t('close')} tooltip={false} />} />
    </>
  )
}

/** ⌘Z takes the newest undoable act back, except where it means "undo typing". */
function useUndoKey(undo: () => boolean) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, [contenteditable]') !== null
      const chord = (event.metaKey || event.ctrlKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
      if (chord && !typing && undo()) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
}
