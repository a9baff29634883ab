'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/page/error-state.tsx'
import { PageTitle } from '@/components/shell/page-title.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { sessionQueries } from '@/lib/client/session-queries.ts'
import { EntryProgress } from '../entry-progress.tsx'
import { SetupClosed } from './setup-closed.tsx'
import { SetupForm } from './setup-form.tsx'

export function SetupPage({ token }: { readonly token: string }) {
  const t = useTranslations('auth.setup')
  const setup = useQuery({
    ...sessionQueries.setup(token),
    enabled: token !== '',
    refetchOnWindowFocus: false,
  })
  const closed =
    token === '' ||
    setup.data?.open === false ||
    (setup.error instanceof ConsoleApiError && setup.error.status === 410)
  if (closed) return <SetupClosed />
  if (setup.error)
    return <ErrorState size="page" title={t('failed')} error={setup.error} onRetry={() => setup.refetch()} />
  if (setup.isPending) return <EntryProgress>{t('checking')}</EntryProgress>
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <h1 className="text-h1">{t('title')}</h1>
      <p className="mt-1 mb-6 text-control text-ink-2">{t('intro')}</p>
      <SetupForm token={token} />
    </>
  )
}
