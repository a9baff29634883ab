'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { ApiToken } from '@/lib/domain/api-token.ts'

export function useTokenColumns(): DataColumn<ApiToken>[] {
  const t = useTranslations('settings.tokens')
  const roleName = useTranslations('members.roles')
  return useMemo(
    () => [
      { id: 'name', header: t('columns.name'), cell: (token) => <NameCell token={token} /> },
      { id: 'role', header: t('columns.role'), cell: ({ role }) => roleName(role) },
      {
        id: 'lastUsed',
        header: t('columns.lastUsed'),
        priority: 2,
        cell: ({ lastUsedAt }) =>
          lastUsedAt === null ? (
            <span className="text-ink-3">{t('never')}</span>
          ) : (
            <Time value={lastUsedAt} />
          ),
      },
      { id: 'expires', header: t('columns.expires'), cell: (token) => <Expiry token={token} /> },
      { id: 'by', header: t('columns.createdBy'), priority: 2, cell: ({ createdBy }) => createdBy },
      {
        id: 'created',
        header: t('columns.created'),
        priority: 2,
        cell: ({ createdAt }) => <Time value={createdAt} className="text-ink-2" />,
      },
    ],
    [t, roleName],
  )
}

function NameCell({ token }: { readonly token: ApiToken }) {
  const t = useTranslations('settings.tokens')
  return (
    <>
      <span className="block font-medium">{token.name}</span>
      <span className="block font-mono text-meta text-ink-3">
        <span className="sr-only">{t('endsIn', { hint: token.hint })}</span>
        <span aria-hidden="true">{`sw_••••${token.hint}`}</span>
      </span>
    </>
  )
}

function Expiry({ token }: { readonly token: ApiToken }) {
  const t = useTranslations('settings.tokens')
  const { expiresAt } = token
  if (expiresAt === null) return t('neverExpires')
  if (new Date(expiresAt).getTime() > Date.now()) return <Time value={expiresAt} />
  return <StatusText tone="bad">{t('expired')}</StatusText>
}
