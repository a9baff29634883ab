'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { Section } from '@/components/page/section.tsx'
import { Tag } from '@/components/ui/tag.tsx'
import { Time } from '@/components/ui/time.tsx'
import { accountQueries } from '@/lib/client/account-queries.ts'
import type { AccountSession } from '@/lib/domain/account.ts'
import { EndSessionButton } from './end-session-button.tsx'
import { useBrowserText } from './use-browser-text.ts'

export function SessionsSection() {
  const t = useTranslations('account.sessions')
  const browserText = useBrowserText()
  const { data, error, refetch } = useQuery(accountQueries.sessions())
  const columns = useMemo<DataColumn<AccountSession>[]>(
    () => [
      { id: 'browser', header: t('columns.browser'), cell: (session) => <BrowserCell session={session} /> },
      {
        id: 'address',
        header: t('columns.address'),
        cell: ({ address }) => <span className="font-mono">{address ?? '—'}</span>,
      },
      { id: 'since', header: t('columns.signedIn'), cell: ({ createdAt }) => <Time value={createdAt} /> },
      {
        id: 'expires',
        header: t('columns.expires'),
        priority: 2,
        cell: ({ expiresAt }) => <Time value={expiresAt} />,
      },
    ],
    [t],
  )
  return (
    <Section title={t('title')} note={t('note')} className="border-t!">
      <DataTable
        label={t('title')}
        columns={columns}
        rows={data}
        rowId={({ id }) => id}
        rowName={browserText}
        rowActions={(session) => (session.current ? <span /> : <EndSessionButton session={session} />)}
        lines={1}
        skeletonRows={2}
        error={data ? undefined : (error ?? undefined)}
        errorTitle={t('loadFailed')}
        onRetry={() => void refetch()}
      />
    </Section>
  )
}

function BrowserCell({ session }: { readonly session: AccountSession }) {
  const t = useTranslations('account.sessions')
  const browserText = useBrowserText()
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2" title={session.userAgent ?? undefined}>
      <span className="font-medium">{browserText(session)}</span>
      {session.current ? <Tag>{t('current')}</Tag> : null}
    </span>
  )
}
