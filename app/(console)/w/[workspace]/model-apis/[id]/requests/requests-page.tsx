'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { NoMatch } from '@/components/data-table/no-match.tsx'
import { Button } from '@/components/ui/button.tsx'
import { requestQueries } from '@/lib/client/requests-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useModelApi } from '../model-api-context.ts'
import { NoRequests } from './no-requests.tsx'
import { RequestDrawer } from './request-drawer.tsx'
import { RequestFilters } from './request-filters.tsx'
import { useRequestColumns } from './use-request-columns.tsx'
import { useRequestFilter } from './use-request-filter.ts'

/** Requests to the Model API, the newest first. */
export function RequestsPage() {
  const t = useTranslations('requests')
  const api = useModelApi()
  const { workspace } = useWorkspace()
  const { filter, narrowed, clear } = useRequestFilter(api.id)
  const [peek, setPeek] = useQueryState('peek', parseAsString.withOptions({ history: 'push' }))
  const list = useInfiniteQuery(requestQueries.list(workspace, filter))
  const columns = useRequestColumns()
  const rows = list.data?.pages.flatMap((page) => page.items)
  const ids = rows?.map(({ id }) => id) ?? []
  return (
    <div className="pt-5">
      {rows?.length === 0 && !narrowed ? (
        <NoRequests api={api} />
      ) : (
        <>
          <RequestFilters api={api.id} seen={rows ?? []} />
          <DataTable
            label={t('title')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            rowName={({ requestId }) => requestId}
            rowActions={({ id, requestId }) => (
              <Button
                size="sm"
                variant="quiet"
                aria-label={t('open', { id: requestId })}
                onClick={() => void setPeek(id)}
              >
                {t('details')}
              </Button>
            )}
            lines={1}
            sortedByServer
            refreshing={list.isPlaceholderData}
            noMatch={<NoMatch onClear={clear} />}
            error={rows ? undefined : (list.error ?? undefined)}
            errorTitle={t('loadFailed')}
            onRetry={() => void list.refetch()}
            more={
              list.hasNextPage
                ? { loading: list.isFetchingNextPage, onLoad: () => void list.fetchNextPage() }
                : undefined
            }
          />
        </>
      )}
      <RequestDrawer
        id={peek}
        ids={ids}
        onMove={(id) => void setPeek(id, { history: 'replace' })}
        onClose={() => void setPeek(null)}
      />
    </div>
  )
}
