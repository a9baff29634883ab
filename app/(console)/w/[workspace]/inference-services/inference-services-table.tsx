'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { NoMatch } from '@/components/data-table/no-match.tsx'
import { MoreMenu } from '@/components/ui/menu.tsx'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { ActionFailures } from './action-failures.tsx'
import { BulkDeleteDialog } from './bulk-delete-dialog.tsx'
import { DeleteServiceDialog } from './delete-service-dialog.tsx'
import type { useListFilter } from './list-filter.ts'
import { MoveServicesDrawer } from './move/move-services-drawer.tsx'
import { useServiceColumns } from './service-columns.tsx'
import { serviceHref } from './service-href.ts'
import { ServiceMenuItems } from './service-menu-items.tsx'
import { ServicesFilterBar } from './services-filter-bar.tsx'
import { ServicesSelectionBar } from './services-selection-bar.tsx'
import { useChangedRows } from './use-changed-rows.ts'
import { useInvokeHref } from './use-invoke-href.ts'
import { useServiceActions } from './use-service-actions.ts'

type ListState = {
  readonly error: unknown
  readonly isPlaceholderData: boolean
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
  readonly refetch: () => unknown
}

type InferenceServicesTableProps = {
  readonly workspace: string
  readonly filter: ReturnType<typeof useListFilter>
  readonly rows: readonly InferenceService[] | undefined
  readonly list: ListState
}

export function InferenceServicesTable({ workspace, filter, rows, list }: InferenceServicesTableProps) {
  const t = useTranslations('inference-services')
  const columns = useServiceColumns(workspace, useInvokeHref())
  const { stop, start, failures, setFailures } = useServiceActions(workspace)
  const changed = useChangedRows(rows)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [deleting, setDeleting] = useState<InferenceService | null>(null)
  const [bulkDeleting, setBulkDeleting] = useState(false)
  const [moving, setMoving] = useState<readonly InferenceService[] | null>(null)
  const chosen = (rows ?? []).filter((row) => selected.has(row.id))
  const clear = () => setSelected(new Set())
  const act = (run: (services: readonly InferenceService[]) => Promise<void>, running: boolean) => {
    void run(chosen.filter((service) => service.running === running)).then(clear)
  }
  const countText =
    rows === undefined ? null : t(list.hasNextPage ? 'countMore' : 'countShown', { count: rows.length })
  return (
    <>
      {chosen.length > 0 ? (
        <ServicesSelectionBar
          workspace={workspace}
          count={chosen.length}
          onStop={() => act(stop, true)}
          onStart={() => act(start, false)}
          onMove={() => setMoving(chosen)}
          onDelete={() => setBulkDeleting(true)}
          onClear={clear}
        />
      ) : (
        <ServicesFilterBar workspace={workspace} filter={filter} count={countText} />
      )}
      <ActionFailures failures={failures} onClose={() => setFailures([])} />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => serviceHref(workspace, row.id)}
        rowActions={(row) => (
          <MoreMenu label={t('actions.menu', { name: row.name })}>
            <ServiceMenuItems
              workspace={workspace}
              service={row}
              onStart={() => void start([row])}
              onStop={() => void stop([row])}
              onDelete={() => setDeleting(row)}
            />
          </MoreMenu>
        )}
        sort={filter.sort}
        onSortChange={filter.setSort}
        sortedByServer
        selected={selected}
        onSelectedChange={setSelected}
        changed={changed}
        refreshing={list.isPlaceholderData}
        {...(list.error && !rows ? { error: list.error } : {})}
        errorTitle={t('listFailed')}
        onRetry={() => void list.refetch()}
        noMatch={<NoMatch onClear={filter.clear} />}
        more={
          list.hasNextPage
            ? { loading: list.isFetchingNextPage, onLoad: () => void list.fetchNextPage() }
            : undefined
        }
      />
      {deleting ? (
        <DeleteServiceDialog
          key={deleting.id}
          workspace={workspace}
          service={deleting}
          open
          onOpenChange={() => setDeleting(null)}
        />
      ) : null}
      {moving ? (
        <MoveServicesDrawer
          workspace={workspace}
          services={moving}
          onClose={(moved) => {
            setMoving(null)
            if (moved > 0) clear()
          }}
        />
      ) : null}
      <BulkDeleteDialog
        workspace={workspace}
        services={chosen}
        open={bulkDeleting && chosen.length > 0}
        onOpenChange={setBulkDeleting}
        onFinished={(failed) => {
          setFailures(failed)
          clear()
        }}
      />
    </>
  )
}
