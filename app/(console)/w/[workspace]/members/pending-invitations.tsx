'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { Time } from '@/components/ui/time.tsx'
import { invitationQueries } from '@/lib/client/invitations-queries.ts'
import type { Invitation } from '@/lib/domain/member.ts'
import { useWorkspace } from '../use-workspace.ts'
import { WithdrawButton } from './withdraw-button.tsx'

/** Hidden while there are none: an empty table would say nothing. */
export function PendingInvitations() {
  const t = useTranslations('members')
  const { workspace, may } = useWorkspace()
  const { data } = useQuery({ ...invitationQueries.list(workspace), enabled: may('members.write') })
  const columns = useMemo<DataColumn<Invitation>[]>(
    () => [
      {
        id: 'email',
        header: t('columns.email'),
        cell: ({ email }) => <span className="font-medium">{email}</span>,
      },
      { id: 'role', header: t('columns.role'), cell: ({ role }) => t(`roles.${role}`) },
      { id: 'by', header: t('columns.invitedBy'), priority: 2, cell: ({ invitedBy }) => invitedBy },
      { id: 'expires', header: t('columns.expires'), cell: ({ expiresAt }) => <Expiry at={expiresAt} /> },
    ],
    [t],
  )
  if (!data || data.length === 0) return null
  return (
    <section className="mt-10">
      <h2 className="mb-2 text-h2">{t('pending.title')}</h2>
      <DataTable
        label={t('pending.title')}
        columns={columns}
        rows={data}
        rowId={({ id }) => id}
        rowName={({ email }) => email}
        rowActions={(invitation) => <WithdrawButton invitation={invitation} />}
        lines={1}
      />
    </section>
  )
}

function Expiry({ at }: { readonly at: string }) {
  const t = useTranslations('members')
  if (new Date(at).getTime() > Date.now()) return <Time value={at} className="text-ink-2" />
  return <StatusText tone="warn">{t('pending.expired')}</StatusText>
}
