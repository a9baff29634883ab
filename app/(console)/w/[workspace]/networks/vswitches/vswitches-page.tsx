'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { FilterBar } from '@/components/data-table/filter-bar.tsx'
import { NoMatch } from '@/components/data-table/no-match.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { networkQueries, useDeleteVSwitch } from '@/lib/client/networks-queries.ts'
import type { VSwitch } from '@/lib/domain/network.ts'
import { DeleteUsedDialog } from '../../delete-used-dialog.tsx'
import { useObjectDrawer } from '../../use-object-drawer.ts'
import { useWorkspace } from '../../use-workspace.ts'
import { CreateButton, ListBar, useNetworksRefusal } from '../list-bar.tsx'
import { RowMenu } from '../row-menu.tsx'
import { useVSwitchColumns } from './use-vswitch-columns.tsx'
import { VSwitchDrawer } from './vswitch-drawer.tsx'

export function VSwitchesPage() {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const [vpc, setVpc] = useQueryState('vpc', parseAsString)
  const { data, error, refetch } = useQuery(networkQueries.vswitches(workspace))
  const drawer = useObjectDrawer()
  const columns = useVSwitchColumns(workspace)
  const [deleting, setDeleting] = useState<VSwitch | null>(null)
  const refusal = useNetworksRefusal()
  useShellActions(
    refusal === undefined
      ? [
          {
            id: 'create-vswitch',
            group: 'create',
            label: t('vswitch.create'),
            run: drawer.create,
            shortcut: 'c',
          },
        ]
      : [],
  )
  const rows = data?.filter(({ vpcId }) => vpc === null || vpcId === vpc)
  return (
    <div className="pt-5">
      {data?.length === 0 ? (
        <NoVSwitches onCreate={drawer.create} />
      ) : (
        <>
          <ListBar note={t('vswitch.note')} create={t('vswitch.create')} onCreate={drawer.create} />
          <VpcFilter value={vpc} onChange={(next) => void setVpc(next)} />
          <DataTable
            label={t('tabs.vswitches')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            rowName={({ name }) => name}
            rowHref={({ id }) => `/w/${workspace}/networks/vswitches?open=${id}`}
            rowActions={(vswitch) => (
              <RowMenu
                name={vswitch.name}
                onOpen={() => drawer.show(vswitch.id)}
                onDelete={() => setDeleting(vswitch)}
              />
            )}
            skeletonRows={3}
            noMatch={<NoMatch onClear={() => void setVpc(null)} />}
            error={data ? undefined : (error ?? undefined)}
            errorTitle={t('loadFailed')}
            onRetry={() => void refetch()}
          />
        </>
      )}
      <VSwitchDrawer
        drawer={drawer}
        vpcId={vpc}
        vswitches={data}
        onDelete={(vswitch) => {
          drawer.close()
          setDeleting(vswitch)
        }}
      />
      {deleting ? <DeleteVSwitch vswitch={deleting} onClose={() => setDeleting(null)} /> : null}
    </div>
  )
}

function NoVSwitches({ onCreate }: { readonly onCreate: () => void }) {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const { data: vpcs } = useQuery(networkQueries.vpcs(workspace))
  const first = vpcs?.length === 0
  return (
    <EmptyState
      title={t('vswitch.none')}
      text={first ? t('vswitch.needsVpc') : t('vswitch.noneHelp')}
      actions={
        first ? (
          <ButtonLink href={`/w/${workspace}/networks`}>{t('vswitch.toVpcs')}</ButtonLink>
        ) : (
          <CreateButton label={t('vswitch.create')} onCreate={onCreate} />
        )
      }
    />
  )
}

interface VpcFilterProps {
  readonly value: string | null
  readonly onChange: (vpc: string | null) => void
}

/** Nothing while there is only one VPC to choose. */
function VpcFilter({ value, onChange }: VpcFilterProps) {
  const t = useTranslations('networks')
  const { workspace } = useWorkspace()
  const { data: vpcs = [] } = useQuery(networkQueries.vpcs(workspace))
  if (vpcs.length < 2) return null
  return (
    <FilterBar
      filters={[
        {
          id: 'vpc',
          label: t('vpcLabel'),
          options: vpcs.map(({ id, name }) => ({ value: id, label: name })),
          value: value === null ? [] : [value],
          onChange: (chosen) => onChange(chosen.at(-1) ?? null),
        },
      ]}
    />
  )
}

function DeleteVSwitch({ vswitch, onClose }: { readonly vswitch: VSwitch; readonly onClose: () => void }) {
  const t = useTranslations('networks.vswitch')
  const { workspace } = useWorkspace()
  const remove = useDeleteVSwitch(workspace)
  return (
    <DeleteUsedDialog
      kind={t('kind')}
      name={vswitch.name}
      users={vswitch.usedBy}
      consequences={t('deleteConsequences', { cidr: vswitch.cidr, vpc: vswitch.vpcName })}
      onDelete={() => remove.mutateAsync(vswitch)}
      onDeleted={onClose}
      onClose={onClose}
    />
  )
}
