'use client'

import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { parseAsBoolean, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { Button } from '@/components/ui/button.tsx'
import { memberQueries } from '@/lib/client/members-queries.ts'
import { useWorkspace } from '../use-workspace.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberActions } from './member-actions.tsx'
import { PendingInvitations } from './pending-invitations.tsx'
import { useManagingMembers } from './use-managing-members.ts'
import { useMemberColumns } from './use-member-columns.tsx'

export function MembersPage() {
  const t = useTranslations('members')
  const { workspace } = useWorkspace()
  const { data: members, error, refetch } = useQuery(memberQueries.list(workspace))
  const { refusal } = useManagingMembers()
  const columns = useMemberColumns()
  const [inviting, setInviting] = useQueryState(
    'invite',
    parseAsBoolean.withDefault(false).withOptions({ history: 'push' }),
  )
  const invite = () => void setInviting(true)
  useShellActions(
    refusal === undefined
      ? [{ id: 'invite', group: 'create', label: t('invite'), run: invite, shortcut: 'c' }]
      : [],
  )
  return (
    <PageBody layout="list">
      <PageHeader
        title={t('title')}
        actions={
          <Button variant="primary" icon={UserPlus} shortcut="c" disabledReason={refusal} onClick={invite}>
            {t('invite')}
          </Button>
        }
      />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={members}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowActions={(member) => <MemberActions member={member} />}
        skeletonRows={2}
        error={members ? undefined : (error ?? undefined)}
        errorTitle={t('loadFailed')}
        onRetry={() => void refetch()}
      />
      <PendingInvitations />
      {inviting && refusal === undefined ? <InviteDialog onClose={() => void setInviting(null)} /> : null}
    </PageBody>
  )
}
