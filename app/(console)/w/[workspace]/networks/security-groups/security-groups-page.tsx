'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { networkQueries, useDeleteSecurityGroup } from '@/lib/client/networks-queries.ts'
import type { SecurityGroup } from '@/lib/domain/network.ts'
import { DeleteUsedDialog } from '../../delete-used-dialog.tsx'
import { useObjectDrawer } from '../../use-object-drawer.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { CreateButton, ListBar, useNetworksRefusal } from '../list-bar.tsx'
import { RowMenu } from '../row-menu.tsx'
import { SecurityGroupDrawer } from './security-group-drawer.tsx'
import { useSecurityGroupColumns } from './use-security-group-columns.tsx'

export function SecurityGroupsPage() {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const { data, error, refetch } = useQuery(networkQueries.securityGroups(workspace))
  const drawer = useObjectDrawer()
  const columns = useSecurityGroupColumns(workspace)
  const [deleting, setDeleting] = useState<SecurityGroup | null>(null)
  const refusal = useNetworksRefusal()
  useShellActions(
    refusal === undefined
      ? [{ id: 'create-group', group: 'create', label: t('group.create'), run: drawer.create, shortcut: 'c' }]
      : [],
  )
  return (
    <div className="pt-5">
      {data?.length === 0 ? (
        <EmptyState
          title={t('group.none')}
          text={t('group.where')}
          actions={<CreateButton label={t('group.create')} onCreate={drawer.create} />}
        />
      ) : (
        <>
          <ListBar note={t('group.where')} create={t('group.create')} onCreate={drawer.create} />
          <DataTable
            label={t('tabs.security-groups')}
            columns={columns}
            rows={data}
            rowId={({ id }) => id}
            rowName={({ name }) => name}
            rowHref={({ id }) => `/w/${workspace}/networks/security-groups?open=${id}`}
            rowActions={(group) => (
              <RowMenu
                name={group.name}
                onOpen={() => drawer.show(group.id)}
                onDelete={() => setDeleting(group)}
              />
            )}
            skeletonRows={3}
            error={data ? undefined : (error ?? undefined)}
            errorTitle={t('loadFailed')}
            onRetry={() => void refetch()}
          />
        </>
      )}
      <SecurityGroupDrawer
        drawer={drawer}
        groups={data}
        onDelete={(group) => {
          drawer.close()
          setDeleting(group)
        }}
      />
      {deleting ? <DeleteGroup group={deleting} onClose={() => setDeleting(null)} /> : null}
    </div>
  )
}

function DeleteGroup({ group, onClose }: { readonly group: SecurityGroup; readonly onClose: () => void }) {
  const t = useTranslations('networks.group')
  const { workspace } = useWorkspace()
  const remove = useDeleteSecurityGroup(workspace)
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={group.name}
      users={group.usedBy}
      consequences={t('deleteConsequences', { count: group.rules.length })}
      onDelete={() => remove.mutateAsync(group)}
      onDeleted={onClose}
      onClose={onClose}
    />
  )
}
