'use client'

import { useEffect } from 'react'
import { useShell } from '@/components/shell/shell-context.tsx'
import { isComposing } from '@/components/shell/shortcut-keys.ts'

interface MoveKeys {
  readonly onNext?: (() => void) | undefined
  readonly onPrevious?: (() => void) | undefined
}

/** j and k while a request is open; the list behind it hears neither then. */
export function useMoveKeys({ onNext, onPrevious }: MoveKeys): void {
  const { singleKeys } = useShell()
  useEffect(() => {
    if (!singleKeys) return
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isComposing(event)) return
      if (event.metaKey || event.ctrlKey || event.altKey) return
      const move = event.key === 'j' ? onNext : event.key === 'k' ? onPrevious : undefined
      if (move === undefined) return
      event.preventDefault()
      move()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [singleKeys, onNext, onPrevious])
}
