'use client'

import { useQuery } from '@tanstack/react-query'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { useShellActions } from '@/components/shell/shell-context.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { useGatewayName } from '../gateway-name.ts'
import { useWorkspace } from '../use-workspace.ts'
import { CreateAlbDialog } from './create-alb-dialog.tsx'
import { CreateGatewayMenu } from './create-gateway-menu.tsx'
import { GatewayComparison } from './gateway-comparison.tsx'
import { GatewayRowMenu } from './gateway-row-menu.tsx'
import { useGatewayColumns } from './use-gateway-columns.tsx'

export function GatewaysPage() {
  const t = useTranslations('gateways')
  const { workspace } = useWorkspace()
  const name = useGatewayName()
  const { data, error, refetch } = useQuery(gatewayQueries.list(workspace))
  const columns = useGatewayColumns(workspace)
  const [creating, setCreating] = useQueryState(
    'create',
    parseAsStringLiteral(['alb']).withOptions({ history: 'push' }),
  )
  const rows =
    data &&
    [...data.items].sort((left, right) => Number(right.type === 'shared') - Number(left.type === 'shared'))
  useCreateActions()
  return (
    <PageBody layout="list">
      <PageHeader
        title={t('title')}
        actions={<CreateGatewayMenu onCreateAlb={() => void setCreating('alb')} />}
      />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowName={name}
        rowHref={({ id }) => `/w/${workspace}/gateways/${id}`}
        rowActions={(gateway) => <GatewayRowMenu gateway={gateway} />}
        skeletonRows={1}
        error={rows ? undefined : (error ?? undefined)}
        errorTitle={t('loadFailed')}
        onRetry={() => void refetch()}
      />
      {rows?.every(({ type }) => type === 'shared') ? <GatewayComparison /> : null}
      {creating === 'alb' ? <CreateAlbDialog onClose={() => void setCreating(null)} /> : null}
    </PageBody>
  )
}

function useCreateActions() {
  const t = useTranslations('gateway-create')
  const { workspace, may } = useWorkspace()
  const base = `/w/${workspace}/gateways`
  useShellActions(
    may('gateways.write')
      ? [
          {
            id: 'create-alb',
            group: 'create',
            label: t('albTitle'),
            href: `${base}?create=alb`,
            shortcut: 'c',
          },
          {
            id: 'create-managed',
            group: 'create',
            label: t('managedTitle'),
            href: `${base}/new?type=managed`,
          },
        ]
      : [],
  )
}
