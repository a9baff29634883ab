'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { NoMatch } from '@/components/data-table/no-match.tsx'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import type { UpstreamService } from '@/lib/domain/upstream-service.ts'
import { useWorkspace } from '../use-workspace.ts'
import { DebugDrawer } from './debug-panel/debug-drawer.tsx'
import { DeleteModelApiDialog } from './delete-model-api-dialog.tsx'
import { modelApiHref } from './model-api-href.ts'
import { ModelApiRowMenu } from './model-api-row-menu.tsx'
import { ModelApisFilterBar } from './model-apis-filter-bar.tsx'
import { useModelApiColumns } from './use-model-api-columns.tsx'
import { useModelApiFilter } from './use-model-api-filter.ts'

interface ModelApisTableProps {
  readonly all: readonly ModelApi[] | undefined
  readonly services: readonly UpstreamService[]
  readonly error: unknown
  readonly onRetry: () => void
}

export function ModelApisTable({ all, services, error, onRetry }: ModelApisTableProps) {
  const t = useTranslations('model-apis')
  const { workspace } = useWorkspace()
  const filter = useModelApiFilter(services)
  const columns = useModelApiColumns(workspace, services)
  const [deleting, setDeleting] = useState<ModelApi | null>(null)
  const rows = all?.filter(filter.matches)
  return (
    <>
      <ModelApisFilterBar
        filter={filter}
        all={all ?? []}
        services={services}
        count={rows ? t('count', { count: rows.length }) : null}
      />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowHref={({ id }) => modelApiHref(workspace, id)}
        rowActions={(api) => (
          <ModelApiRowMenu api={api} services={services} onDelete={() => setDeleting(api)} />
        )}
        error={error && !rows ? error : undefined}
        errorTitle={t('loadFailed')}
        onRetry={onRetry}
        noMatch={<NoMatch onClear={filter.clear} />}
      />
      <DebugDrawer />
      {deleting ? <DeleteModelApiDialog api={deleting} onClose={() => setDeleting(null)} /> : null}
    </>
  )
}
