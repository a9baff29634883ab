'use client'

import { useTranslations } from 'use-intl'
import type { AccountSession } from '@/lib/domain/account.ts'
import { browserName } from './browser-name.ts'

/** "Firefox on Linux". */
export function useBrowserText(): (session: AccountSession) => string {
  const t = useTranslations('account.sessions')
  return ({ userAgent }) => {
    const name = browserName(userAgent)
    if (name === null) return t('unknown')
    return name.system === null
      ? name.browser
      : t('browserOn', { browser: name.browser, system: name.system })
  }
}
