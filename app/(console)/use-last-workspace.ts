'use client'

import { useEffect, useState } from 'react'

const key = 'switchyard.last-workspace'

/** Remembers the workspace of this tab, so that pages outside any workspace keep their rail. */
export function useLastWorkspace(current: string | undefined): string | undefined {
  const [last, setLast] = useState<string | undefined>(undefined)
  useEffect(() => {
    // Storage may be switched off; then such pages have no rail.
    try {
      if (current === undefined) setLast(sessionStorage.getItem(key) ?? undefined)
      else sessionStorage.setItem(key, current)
    } catch {}
  }, [current])
  return current ?? last
}
