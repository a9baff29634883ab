'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import type { SetPreference, ShellPreferences } from '@/components/shell/preferences.ts'
import { useUpdateAccount } from '@/lib/client/account-queries.ts'
import type { Preferences } from '@/lib/client/preferences.ts'
import { writePreference } from '@/lib/client/write-preference.ts'
import type { Session, UpdateAccountInput } from '@/lib/domain/account.ts'

/** The account's choices win once someone is signed in; cookies only make the first paint right. */
export function usePreferences(drawn: Preferences, session: Session | undefined) {
  const [changes, setChanges] = useState<Partial<ShellPreferences>>({})
  const shown: ShellPreferences = { ...drawn, ...changes }
  const router = useRouter()
  const account = useUpdateAccount()
  useFollowAccount(drawn, session, (followed) => setChanges((before) => ({ ...before, ...followed })))

  const setPreference: SetPreference = (name, value) => {
    writePreference(name, value as Preferences[typeof name])
    setChanges((before) => ({ ...before, [name]: value }))
    if (name === 'locale') router.refresh()
    const stored = storedOnAccount(name, value)
    if (stored) account.mutate({ preferences: stored })
  }
  return { shown, setPreference }
}

type AccountPreferences = NonNullable<UpdateAccountInput['preferences']>

function storedOnAccount<K extends keyof ShellPreferences>(
  name: K,
  value: ShellPreferences[K],
): AccountPreferences | undefined {
  if (name === 'rail') return undefined
  if (name === 'singleKeys') return { singleKeyShortcuts: value === 'on' }
  return { [name]: value } as AccountPreferences
}

function useFollowAccount(
  drawn: Preferences,
  session: Session | undefined,
  follow: (changes: Partial<ShellPreferences>) => void,
) {
  const router = useRouter()
  const latest = useRef({ drawn, follow })
  latest.current = { drawn, follow }
  const chosen = session ? JSON.stringify(session.user.preferences) : undefined
  useEffect(() => {
    if (chosen === undefined) return
    const preferences: Session['user']['preferences'] = JSON.parse(chosen)
    const wanted = {
      theme: preferences.theme,
      density: preferences.density,
      singleKeys: preferences.singleKeyShortcuts ? 'on' : 'off',
    } as const
    const before = latest.current.drawn
    for (const name of ['theme', 'density', 'singleKeys'] as const) {
      if (wanted[name] !== before[name]) writePreference(name, wanted[name])
    }
    latest.current.follow(wanted)
    const locale = preferences.locale ?? before.locale
    const timeZone = preferences.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
    if (locale === before.locale && timeZone === before.timeZone) return
    writePreference('locale', locale)
    writePreference('timeZone', timeZone)
    router.refresh()
  }, [chosen, router])
}
