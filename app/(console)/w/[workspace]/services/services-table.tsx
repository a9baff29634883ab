'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { NoMatch } from '@/components/data-table/no-match.tsx'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../use-workspace.ts'
import { DeleteServiceDialog } from './delete-service-dialog.tsx'
import { serviceHref } from './service-href.ts'
import { ServiceRowMenu } from './service-row-menu.tsx'
import { ServicesFilterBar } from './services-filter-bar.tsx'
import { useServiceColumns } from './use-service-columns.tsx'
import type { useServiceFilter } from './use-service-filter.ts'

interface ServicesTableProps {
  readonly rows: readonly UpstreamService[] | undefined
  readonly filter: ReturnType<typeof useServiceFilter>
  readonly list: {
    readonly error: unknown
    readonly isPlaceholderData: boolean
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly fetchNextPage: () => unknown
    readonly refetch: () => unknown
  }
}

export function ServicesTable({ rows, filter, list }: ServicesTableProps) {
  const t = useTranslations('services')
  const { workspace } = useWorkspace()
  const columns = useServiceColumns(workspace)
  const [deleting, setDeleting] = useState<UpstreamService | null>(null)
  const count = rows && t(list.hasNextPage ? 'countMore' : 'count', { count: rows.length })
  return (
    <>
      <ServicesFilterBar filter={filter} count={count ?? null} />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowHref={({ id }) => serviceHref(workspace, id)}
        rowActions={(service) => <ServiceRowMenu service={service} onDelete={() => setDeleting(service)} />}
        refreshing={list.isPlaceholderData}
        error={list.error && !rows ? list.error : undefined}
        errorTitle={t('loadFailed')}
        onRetry={() => void list.refetch()}
        noMatch={<NoMatch onClear={filter.clear} />}
        more={
          list.hasNextPage
            ? { loading: list.isFetchingNextPage, onLoad: () => void list.fetchNextPage() }
            : undefined
        }
      />
      {deleting ? <DeleteServiceDialog service={deleting} onClose={() => setDeleting(null)} /> : null}
    </>
  )
}
