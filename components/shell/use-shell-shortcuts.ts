'use client'

import { useEffect, useRef, useState } from 'react'
import { acceptsSingleKey, isComposing } from './shortcut-keys.ts'

const sequenceMs = 1_000

type ShellShortcuts = {
  readonly singleKeys: boolean
  readonly onPalette: () => void
  readonly onSheet: () => void
  readonly onRail: () => void
  /** `g` and then this key. Returns false when the key leads nowhere. */
  readonly onGo: (key: string) => boolean
  /** `c`, `e` and other single keys of the page. */
  readonly onKey: (key: string) => boolean
}

/** The keyboard of the shell. Returns whether `g` was pressed and the second key is awaited. */
export function useShellShortcuts(shortcuts: ShellShortcuts): boolean {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const [awaiting, setAwaiting] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const sequence = useRef(false)

  useEffect(() => {
    const awaitSecond = (on: boolean) => {
      clearTimeout(timer.current)
      sequence.current = on
      setAwaiting(on)
      if (on) timer.current = setTimeout(() => awaitSecond(false), sequenceMs)
    }
    const press = (event: KeyboardEvent) => {
      const handled = isPaletteChord(event)
        ? run(latest.current.onPalette)
        : acceptsSingleKey(event, latest.current.singleKeys) &&
          pressSingle(event, latest.current, sequence.current, awaitSecond)
      if (handled) event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => {
      clearTimeout(timer.current)
      document.removeEventListener('keydown', press)
    }
  }, [])
  return awaiting
}

function run(act: () => void): true {
  act()
  return true
}

function isPaletteChord(event: KeyboardEvent): boolean {
  const modified = (event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey
  return modified && event.key.toLowerCase() === 'k' && !isComposing(event)
}

function pressSingle(
  event: KeyboardEvent,
  shortcuts: ShellShortcuts,
  second: boolean,
  awaitSecond: (on: boolean) => void,
): boolean {
  if (second) {
    awaitSecond(false)
    return shortcuts.onGo(event.key)
  }
  if (event.key === 'g') return run(() => awaitSecond(true))
  if (event.key === '?') return run(shortcuts.onSheet)
  if (event.key === '[') return run(shortcuts.onRail)
  if (event.key === '/') return focusPageSearch() || run(shortcuts.onPalette)
  return shortcuts.onKey(event.key)
}

function focusPageSearch(): boolean {
  const search = document.querySelector<HTMLInputElement>('[data-page-search]')
  search?.focus()
  search?.select()
  return search !== null
}
