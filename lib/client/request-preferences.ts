import { cookies, headers } from 'next/headers'
import { type Preferences, parsePreferences } from './preferences.ts'

/** The preferences of whoever asks for this page. Server only. */
export async function requestPreferences(): Promise<Preferences> {
  const [jar, received] = await Promise.all([cookies(), headers()])
  return parsePreferences((name) => jar.get(name)?.value, received.get('accept-language'))
}
