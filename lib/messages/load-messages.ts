import type { Locale } from 'use-intl'
import type { english } from './english.ts'

/** Every text of the console, by screen. English is the shape that the other languages must have. */
export type Messages = typeof english

export type MessagesLocale = 'en' | 'zh-CN'

// That both languages have the same keys is proved by `messages.test.ts`, not by the compiler.
const loaders: Record<Locale, () => Promise<Messages>> = {
  en: async () => (await import('./english.ts')).english,
  'zh-CN': async () => (await import('./chinese.ts')).chinese as unknown as Messages,
}

export function loadMessages(locale: Locale): Promise<Messages> {
  return loaders[locale]()
}

declare module 'use-intl' {
  interface AppConfig {
    Locale: MessagesLocale
    Messages: Messages
  }
}
