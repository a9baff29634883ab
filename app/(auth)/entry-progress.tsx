import type { ReactNode } from 'react'
import { Spinner } from '@/components/ui/spinner.tsx'

/** Shown while a link is checked. */
export function EntryProgress({ children }: { readonly children: ReactNode }) {
  return (
    <p role="status" className="flex items-center gap-2 text-body text-ink-2">
      <Spinner />
      {children}
    </p>
  )
}
