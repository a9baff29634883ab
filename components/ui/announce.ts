type Listener = (text: string) => void

const listeners = new Set<Listener>()

/** Says a sentence to screen readers, politely. The shell holds the live region from page load. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text)
}

export function onAnnouncement(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
