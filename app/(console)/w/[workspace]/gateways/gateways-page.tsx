'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { gatewayQueries } from '@/lib/client/gateways-queries.ts'
import { useWorkspace } from '../use-workspace.ts'
import { useGatewayName } from '../gateway-name.ts'
import { SetDefaultButton } from './set-default-button.tsx'
import { useGatewayColumns } from './use-gateway-columns.tsx'

export function GatewaysPage() {
  const t = useTranslations('gateways')
  const { workspace } = useWorkspace()
  const name = useGatewayName()
  const { data, error, refetch } = useQuery(gatewayQueries.list(workspace))
  const columns = useGatewayColumns(workspace)
  const rows =
    data &&
    [...data.items].sort((left, right) => Number(right.type === 'shared') - Number(left.type === 'shared'))
  return (
    <PageBody layout="list">
      <PageHeader title={t('title')} />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowName={name}
        rowHref={({ id }) => `/w/${workspace}/gateways/${id}`}
        rowActions={(gateway) => <SetDefaultButton gateway={gateway} size="sm" />}
        skeletonRows={1}
        error={error ?? undefined}
        errorTitle={t('loadFailed')}
        onRetry={() => void refetch()}
      />
    </PageBody>
  )
}
