'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageTitle } from '@/components/shell/page-title.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import { EntryProgress } from '../entry-progress.tsx'
import { InvitationClosed } from './invitation-closed.tsx'
import { InvitationForm } from './invitation-form.tsx'

export function InvitationPage({ token }: { readonly token: string }) {
  const t = useTranslations('auth.invitation')
  const role = useTranslations('members.roles')
  const { data, error, refetch } = useQuery({
    ...sessionQueries.invitation(token),
    enabled: token !== '',
    refetchOnWindowFocus: false,
  })
  if (token === '' || isRefusal(error)) return <InvitationClosed />
  if (error) return <ErrorState size="page" title={t('failed')} error={error} onRetry={() => refetch()} />
  if (!data) return <EntryProgress>{t('checking')}</EntryProgress>
  const workspace = data.workspace.displayName || data.workspace.name
  return (
    <>
      <PageTitle>{t('title', { workspace })}</PageTitle>
      <h1 className="text-h1">{t('title', { workspace })}</h1>
      <p className="mt-1 mb-6 text-control text-ink-2">
        {t('intro', { role: role(data.role), email: data.email })}
      </p>
      <InvitationForm token={token} workspace={data.workspace.name} email={data.email} />
    </>
  )
}

/** Wrong, used, withdrawn or old: the console tells strangers no more than that. */
function isRefusal(error: unknown): boolean {
  return error instanceof ConsoleApiError && error.status >= 400 && error.status < 500 && error.status !== 429
}
