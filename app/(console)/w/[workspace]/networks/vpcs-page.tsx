'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { networkQueries, useDeleteVpc } from '@/lib/client/networks-queries.ts'
import type { Vpc } from '@/lib/domain/network.ts'
import { DeleteUsedDialog } from '../delete-used-dialog.tsx'
import { useObjectDrawer } from '../use-object-drawer.ts'
import { useWorkspace } from '../use-workspace.ts'
import { DefaultVpcButton } from './default-vpc-button.tsx'
import { CreateButton, ListBar, useNetworksRefusal } from './list-bar.tsx'
import { RowMenu } from './row-menu.tsx'
import { useVpcColumns } from './use-vpc-columns.tsx'
import { VpcConsents } from './vpc-consents.tsx'
import { VpcDrawer } from './vpc-drawer.tsx'

export function VpcsPage() {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const { data, error, refetch } = useQuery(networkQueries.vpcs(workspace))
  const drawer = useObjectDrawer()
  const columns = useVpcColumns(workspace)
  const [deleting, setDeleting] = useState<Vpc | null>(null)
  const refusal = useNetworksRefusal()
  useShellActions(
    refusal === undefined
      ? [{ id: 'create-vpc', group: 'create', label: t('vpc.create'), run: drawer.create, shortcut: 'c' }]
      : [],
  )
  return (
    <div className="pt-5">
      {data?.length === 0 ? (
        <EmptyState
          title={t('vpc.none')}
          text={t('vpc.noneHelp')}
          actions={
            <>
              <DefaultVpcButton />
              <CreateButton label={t('vpc.create')} variant="secondary" onCreate={drawer.create} />
            </>
          }
        />
      ) : (
        <>
          <ListBar note={t('vpc.note')} create={t('vpc.create')} onCreate={drawer.create} />
          <DataTable
            label={t('tabs.vpcs')}
            columns={columns}
            rows={data}
            rowId={({ id }) => id}
            rowName={({ name }) => name}
            rowHref={({ id }) => `/w/${workspace}/networks?open=${id}`}
            rowActions={(vpc) => (
              <RowMenu name={vpc.name} onOpen={() => drawer.show(vpc.id)} onDelete={() => setDeleting(vpc)} />
            )}
            skeletonRows={3}
            error={data ? undefined : (error ?? undefined)}
            errorTitle={t('loadFailed')}
            onRetry={() => void refetch()}
          />
        </>
      )}
      <VpcConsents />
      <VpcDrawer
        drawer={drawer}
        vpcs={data}
        onDelete={(vpc) => {
          drawer.close()
          setDeleting(vpc)
        }}
      />
      {deleting ? <DeleteVpc vpc={deleting} onClose={() => setDeleting(null)} /> : null}
    </div>
  )
}

function DeleteVpc({ vpc, onClose }: { readonly vpc: Vpc; readonly onClose: () => void }) {
  const t = useTranslations('networks.vpc')
  const { workspace } = useWorkspace()
  const remove = useDeleteVpc(workspace)
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={vpc.name}
      users={vpc.usedBy}
      consequences={t('deleteConsequences')}
      onDelete={() => remove.mutateAsync(vpc)}
      onDeleted={onClose}
      onClose={onClose}
    />
  )
}
