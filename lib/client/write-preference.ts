import { type Preferences, preferenceCookies } from './preferences.ts'

const yearInSeconds = 365 * 24 * 60 * 60

/** Remembers a choice in this browser. The page keeps its own attributes; call `router.refresh()` for a new language. */
export function writePreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  const text = `${preferenceCookies[name]}=${encodeURIComponent(value)}; path=/; max-age=${yearInSeconds}; samesite=lax`
  // The Cookie Store API exists in secure contexts only, and consoles on a LAN are often plain http.
  Reflect.set(document, 'cookie', text)
  const attribute = attributes[name]
  if (attribute) document.documentElement.setAttribute(attribute, value)
}

/** Lets the browser decide again, from the next page that the server draws. */
export function forgetPreference(name: keyof Preferences): void {
  Reflect.set(document, 'cookie', `${preferenceCookies[name]}=; path=/; max-age=0; samesite=lax`)
}

const attributes: Partial<Record<keyof Preferences, string>> = {
  theme: 'data-theme',
  density: 'data-density',
}
