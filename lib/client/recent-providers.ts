const key = 'switchyard.recentProviders'
const kept = 4

/** The providers chosen in this browser, the latest first. */
export function recentProviders(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, kept) : []
  } catch {
    return []
  }
}

// Storage may be full or switched off; then the order is that of the list.
export function rememberProvider(id: string): void {
  try {
    const ids = [id, ...recentProviders().filter((other) => other !== id)].slice(0, kept)
    localStorage.setItem(key, JSON.stringify(ids))
  } catch {}
}
