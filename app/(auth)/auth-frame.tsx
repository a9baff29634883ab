'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'
import { EntryFrame } from '@/components/shell/entry-frame.tsx'
import type { Locale, Theme } from '@/lib/client/preferences.ts'
import { writePreference } from '@/lib/client/write-preference.ts'

type AuthFrameProps = { readonly locale: Locale; readonly theme: Theme; readonly children: ReactNode }

/** The pages before sign-in: language and theme can be chosen here already. */
export function AuthFrame({ locale, theme, children }: AuthFrameProps) {
  const router = useRouter()
  const [shownTheme, setShownTheme] = useState(theme)
  return (
    <EntryFrame
      locale={locale}
      theme={shownTheme}
      onLocale={(value) => {
        writePreference('locale', value)
        router.refresh()
      }}
      onTheme={(value) => {
        writePreference('theme', value)
        setShownTheme(value)
      }}
    >
      {children}
    </EntryFrame>
  )
}
