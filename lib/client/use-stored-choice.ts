import { useSyncExternalStore } from 'react'

const changed = 'switchyard:stored-choice'

/** A choice that this browser remembers, such as the language of snippets. Never for secrets. */
export function useStoredChoice<const T extends string>(
  name: string,
  allowed: readonly T[],
  fallback: T,
): readonly [T, (choice: T) => void] {
  const key = `switchyard.${name}`
  const stored = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  )
  const choose = (choice: T) => {
    write(key, choice)
    window.dispatchEvent(new Event(changed))
  }
  return [allowed.find((candidate) => candidate === stored) ?? fallback, choose]
}

function subscribe(listener: () => void): () => void {
  window.addEventListener(changed, listener)
  window.addEventListener('storage', listener)
  return () => {
    window.removeEventListener(changed, listener)
    window.removeEventListener('storage', listener)
  }
}

// Storage may be switched off; then the choice lasts as long as nothing reads it again.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {}
}
