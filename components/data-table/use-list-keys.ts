'use client'

import { type RefObject, useEffect } from 'react'
import { useShell } from '@/components/shell/shell-context.tsx'
import { acceptsSingleKey } from '@/components/shell/shortcut-keys.ts'

type ListKeys = {
  readonly count: number
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onOpen: (index: number) => void
  readonly onSelect?: ((index: number) => void) | undefined
  readonly onClear?: (() => void) | undefined
}

/** j and k move, Enter opens, x selects, Esc clears the selection. */
export function useListKeys(table: RefObject<HTMLElement | null>, keys: ListKeys): void {
  const { singleKeys } = useShell()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!acceptsSingleKey(event, singleKeys)) return
      if (handle(event.key, event, keys)) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  useEffect(() => {
    if (keys.active < 0) return
    const row = table.current?.querySelectorAll<HTMLElement>('tbody tr[data-row]')[keys.active]
    row?.scrollIntoView({ block: 'nearest' })
  }, [keys.active, table])
}

function handle(key: string, event: KeyboardEvent, keys: ListKeys): boolean {
  if (key === 'j') keys.onActive(Math.min(keys.count - 1, keys.active + 1))
  else if (key === 'k') keys.onActive(Math.max(0, keys.active - 1))
  else if (key === 'Enter' && keys.active >= 0 && !isOnControl(event)) keys.onOpen(keys.active)
  else if (key === 'x' && keys.active >= 0 && keys.onSelect) keys.onSelect(keys.active)
  else if (key === 'Escape' && keys.onClear) keys.onClear()
  else return false
  return true
}

function isOnControl(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest('a, button, [role=radio]') !== null
}
