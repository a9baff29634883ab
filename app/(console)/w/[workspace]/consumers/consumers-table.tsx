'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useCallback, useState } from 'react'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { FilterBar } from '@/components/data-table/filter-bar.tsx'
import { NoMatch } from '@/components/data-table/no-match.tsx'
import type { Consumer } from '@/lib/domain/consumer.ts'
import { useWorkspace } from '../use-workspace.ts'
import { consumerHref } from './consumer-href.ts'
import { ConsumerRowMenu } from './consumer-row-menu.tsx'
import { credentialName } from './credential-text.tsx'
import { DeleteConsumerDialog } from './delete-consumer-dialog.tsx'
import { useConsumerColumns } from './use-consumer-columns.tsx'

interface ConsumersTableProps {
  readonly all: readonly Consumer[] | undefined
  readonly error: unknown
  readonly onRetry: () => void
}

export function ConsumersTable({ all, error, onRetry }: ConsumersTableProps) {
  const t = useTranslations('consumers')
  const { workspace } = useWorkspace()
  const [q, setQ] = useQueryState('q', parseAsString.withDefault('').withOptions({ history: 'replace' }))
  const search = useCallback((text: string) => void setQ(text === '' ? null : text), [setQ])
  const columns = useConsumerColumns(workspace)
  const [deleting, setDeleting] = useState<Consumer | null>(null)
  const rows = all?.filter((consumer) => isFound(consumer, q.trim().toLowerCase()))
  return (
    <>
      <FilterBar
        search={q}
        onSearchChange={search}
        searchLabel={t('search')}
        count={rows ? t('count', { count: rows.length }) : null}
        filters={[]}
      />
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ name }) => name}
        rowHref={({ id }) => consumerHref(workspace, id)}
        rowActions={(consumer) => (
          <ConsumerRowMenu consumer={consumer} onDelete={() => setDeleting(consumer)} />
        )}
        error={error && !rows ? error : undefined}
        errorTitle={t('loadFailed')}
        onRetry={onRetry}
        noMatch={<NoMatch onClear={() => void setQ(null)} />}
      />
      {deleting ? <DeleteConsumerDialog consumer={deleting} onClose={() => setDeleting(null)} /> : null}
    </>
  )
}

/** By its name or id, a Model API that it may call, or what tells a credential apart. */
function isFound({ id, name, modelApis, credentials }: Consumer, wanted: string): boolean {
  const texts = [id, name, ...modelApis.map((api) => api.name), ...credentials.map(credentialName)]
  return texts.some((text) => text.toLowerCase().includes(wanted))
}
