'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { parseAsString, useQueryState } from 'nuqs'
import { useTranslations } from 'use-intl'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { NoMatch } from '@/components/data-table/no-match.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { PageBody } from '@/components/page/page-body.tsx'
import { PageHeader } from '@/components/page/page-header.tsx'
import { activityQueries } from '@/lib/client/activity-queries.ts'
import { useWorkspace } from '../use-workspace.ts'
import { ActivityDetailsButton } from './activity-details-button.tsx'
import { ActivityDrawer } from './activity-drawer.tsx'
import { ActivityFilters } from './activity-filters.tsx'
import { useActivityColumns } from './use-activity-columns.tsx'
import { useActivityFilter } from './use-activity-filter.ts'

export function ActivityPage() {
  const t = useTranslations('activity')
  const { workspace } = useWorkspace()
  const { filter, narrowed, clear } = useActivityFilter()
  const [peek, setPeek] = useQueryState('peek', parseAsString.withOptions({ history: 'push' }))
  const list = useInfiniteQuery(activityQueries.list(workspace, filter))
  const columns = useActivityColumns(workspace)
  const rows = list.data?.pages.flatMap((page) => page.items)
  const first = rows?.length === 0 && !narrowed
  return (
    <PageBody layout="list">
      <PageHeader title={t('title')} />
      {first ? (
        <EmptyState title={t('none')} />
      ) : (
        <>
          <ActivityFilters />
          <DataTable
            label={t('title')}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            rowName={({ object }) => object.name}
            rowActions={(entry) => <ActivityDetailsButton entry={entry} onOpen={setPeek} />}
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
      <ActivityDrawer
        workspace={workspace}
        entry={rows?.find(({ id }) => id === peek)}
        onClose={() => void setPeek(null)}
      />
    </PageBody>
  )
}
