'use client'

import { useTranslations } from 'use-intl'
import { toast, toastFailure } from '@/components/feedback/toast.ts'
import { Button } from '@/components/ui/button.tsx'
import { useEndAccountSession } from '@/lib/client/account-queries.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import type { AccountSession } from '@/lib/domain/account.ts'
import { useBrowserText } from './use-browser-text.ts'

export function EndSessionButton({ session }: { readonly session: AccountSession }) {
  const t = useTranslations('account.sessions')
  const browserText = useBrowserText()
  const end = useEndAccountSession()
  const press = async () => {
    try {
      await end.mutateAsync(session.id)
      toast(t('signedOut'))
    } catch (error) {
      const requestId = error instanceof ConsoleApiError ? (error.requestId ?? undefined) : undefined
      toastFailure(t('signOutFailed'), { requestId })
    }
  }
  return (
    <Button
      size="sm"
      variant="quiet"
      loading={end.isPending}
      aria-label={t('signOutOf', { browser: browserText(session), address: session.address ?? '—' })}
      onClick={() => void press()}
    >
      {t('signOut')}
    </Button>
  )
}
