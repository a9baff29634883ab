'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { useUpdateAccount } from '@/lib/client/account-queries.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { forgetPreference, writePreference } from '@/lib/client/write-preference.ts'
import type { Preferences } from '@/lib/domain/account.ts'

/** Saves one choice on the account and shows it in this browser at once. */
export function useSavePreference() {
  const t = useTranslations('account.preferences')
  const router = useRouter()
  const update = useUpdateAccount()
  return async (change: Partial<Preferences>) => {
    try {
      await update.mutateAsync({ preferences: change })
      show(change)
      if (change.locale !== undefined || change.timeZone !== undefined) router.refresh()
      toast(t('saved'))
    } catch (error) {
      const requestId = error instanceof ConsoleApiError ? (error.requestId ?? undefined) : undefined
      toastFailure(t('failed'), { requestId })
    }
  }
}

function show({ theme, density, singleKeyShortcuts, locale, timeZone }: Partial<Preferences>): void {
  if (theme !== undefined) writePreference('theme', theme)
  if (density !== undefined) writePreference('density', density)
  if (singleKeyShortcuts !== undefined) writePreference('singleKeys', singleKeyShortcuts ? 'on' : 'off')
  if (locale === null) forgetPreference('locale')
  else if (locale !== undefined) writePreference('locale', locale)
  if (timeZone !== undefined) writePreference('timeZone', timeZone ?? browserTimeZone())
}

export function browserTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}
