'use client'

import { useEffect } from 'react'

/** Esc stops what is under way, unless a layer above takes it for itself. */
export function useStopKey(underWay: boolean, onStop: () => void): void {
  useEffect(() => {
    if (!underWay) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      // A drawer around the panel stays open: what runs is stopped first.
      event.preventDefault()
      event.stopImmediatePropagation()
      onStop()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [underWay, onStop])
}
