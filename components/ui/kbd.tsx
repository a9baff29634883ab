'use client'

import { clsx } from 'clsx'
import { useSyncExternalStore } from 'react'

const appleSymbols: Record<string, string> = { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↵', esc: 'Esc' }
const otherNames: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  esc: 'Esc',
}

function onApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}

function neverChanges() {
  return () => {}
}

/** Whether shortcuts are written the Apple way. False on the server. */
export function useApplePlatform(): boolean {
  return useSyncExternalStore(neverChanges, onApple, () => false)
}

/** `mod+k` → `⌘K` or `Ctrl K`; `g i` (a sequence) → `G I`. */
export function shortcutText(keys: string, apple: boolean): string {
  const names = apple ? appleSymbols : otherNames
  const chord = (text: string) => text.split('+').map((key) => names[key] ?? key.toUpperCase())
  return keys
    .split(' ')
    .map((part) => chord(part).join(apple ? '' : ' '))
    .join(' ')
}

type KbdProps = { readonly keys: string; readonly tone?: 'plain' | 'on-accent'; readonly className?: string }

export function Kbd({ keys, tone = 'plain', className }: KbdProps) {
  const apple = useApplePlatform()
  return (
    <span aria-hidden="true" className={clsx('inline-flex', className)}>
      <kbd
        className={clsx(
          'inline-flex h-[18px] min-w-[18px] shrink-0 items-center justify-center rounded-tag border px-1 font-mono text-meta font-normal',
          tone === 'plain' ? 'border-line-strong text-ink-3' : 'border-current text-on-accent',
        )}
      >
        {shortcutText(keys, apple)}
      </kbd>
    </span>
  )
}
