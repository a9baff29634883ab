'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { useFormState } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'

/** Asks once before unsaved input is left: by closing the tab, by a link, or by Back. */
export function DirtyGuard() {
  const { isDirty, isSubmitting } = useFormState()
  const guarding = isDirty && !isSubmitting
  const [destination, setDestination] = useState<string | null>(null)
  useUnloadGuard(guarding)
  useLinkGuard(guarding, setDestination)
  return <LeaveDialog destination={destination} onStay={() => setDestination(null)} />
}

function useUnloadGuard(guarding: boolean) {
  useEffect(() => {
    if (!guarding) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [guarding])
}

/** Catches presses on links before the router does; the router itself has no event that can be refused. */
function useLinkGuard(guarding: boolean, leaveFor: (href: string) => void) {
  useEffect(() => {
    if (!guarding) return
    const ask = (event: MouseEvent) => {
      const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null
      if (!plain || !(link instanceof HTMLAnchorElement) || link.target === '_blank') return
      const here = new URL(window.location.href)
      const there = new URL(link.href)
      if (there.origin !== here.origin || there.pathname === here.pathname) return
      event.preventDefault()
      event.stopPropagation()
      leaveFor(there.pathname + there.search + there.hash)
    }
    document.addEventListener('click', ask, true)
    return () => document.removeEventListener('click', ask, true)
  }, [guarding, leaveFor])
}

type LeaveDialogProps = { readonly destination: string | null; readonly onStay: () => void }

function LeaveDialog({ destination, onStay }: LeaveDialogProps) {
  const t = useTranslations('kit')
  const router = useRouter()
  const stay = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open={destination !== null}
      onOpenChange={(open) => {
        if (!open) onStay()
      }}
      title={t('leave.title')}
      description={t('leave.text')}
      initialFocus={stay}
      footer={
        <>
          <Button ref={stay} onClick={onStay}>
            {t('leave.stay')}
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              if (destination !== null) router.push(destination)
            }}
          >
            {t('leave.discard')}
          </Button>
        </>
      }
    />
  )
}
