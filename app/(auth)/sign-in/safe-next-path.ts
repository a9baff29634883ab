const origin = 'http://console.invalid'

/**
 * Where to go after signing in: the page that was asked for, when it is a page of this console.
 * Anything that a browser could read as another site is dropped, so a link cannot send people away.
 */
export function safeNextPath(next: string | null | undefined): string {
  if (!next?.startsWith('/') || hasUnsafeCharacter(next)) return '/w'
  let url: URL
  try {
    url = new URL(next, origin)
  } catch {
    return '/w'
  }
  if (url.origin !== origin || url.pathname.startsWith('//')) return '/w'
  if (url.pathname === '/' || url.pathname.startsWith('/sign-in') || url.pathname.startsWith('/api/'))
    return '/w'
  return url.pathname + url.search + url.hash
}

/** Browsers read a backslash as a slash and skip control characters. */
function hasUnsafeCharacter(text: string): boolean {
  for (const character of text) {
    const code = character.charCodeAt(0)
    if (character === '\\' || code <= 0x20 || code === 0x7f) return true
  }
  return false
}
