'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useGateway } from '../gateway-context.ts'
import { useServiceColumns } from './use-service-columns.tsx'

export function GatewayServicesPage() {
  const t = useTranslations('gateways.services')
  const { workspace, may } = useWorkspace()
  const gateway = useGateway()
  const list = useInfiniteQuery(
    inferenceServiceQueries.list(workspace, { gatewayId: gateway.id, sort: 'name' }),
  )
  const columns = useServiceColumns(workspace)
  const bind = may('inference-services.write') ? (
    <ButtonLink
      variant="primary"
      icon={Plus}
      href={`/w/${workspace}/inference-services/new?gateway=${gateway.id}`}
    >
      {t('bind')}
    </ButtonLink>
  ) : null
  const rows = list.data?.pages.flatMap((page) => page.items)
  if (rows?.length === 0) {
    return (
      <EmptyState
        title={t('none')}
        text={gateway.type === 'shared' ? t('noneHelp') : t('noneDedicated')}
        actions={bind}
      />
    )
  }
  return (
    <div className="pt-5">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <p className="text-control text-ink-3">
          {gateway.type === 'shared' ? t('note') : t('noteDedicated')}
        </p>
        {bind}
      </div>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowHref={({ id }) => `/w/${workspace}/inference-services/${id}`}
        lines={1}
        sortedByServer
        skeletonRows={3}
        error={rows ? undefined : (list.error ?? undefined)}
        errorTitle={t('loadFailed')}
        onRetry={() => void list.refetch()}
        more={
          list.hasNextPage
            ? { loading: list.isFetchingNextPage, onLoad: () => void list.fetchNextPage() }
            : undefined
        }
      />
    </div>
  )
}
