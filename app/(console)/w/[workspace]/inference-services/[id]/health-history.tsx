'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { DataTable } from '@/components/data-table/data-table.tsx'
import { Time } from '@/components/ui/time.tsx'
import { truncateMiddle } from '@/components/ui/truncate-middle.ts'
import { useFormat } from '@/components/ui/use-format.ts'
import { serviceHealthQueries } from '@/lib/client/service-health-queries.ts'
import type { InferenceService, InstanceHealthEvent } from '@/lib/domain/inference-service.ts'
import { InstanceStateText } from '../instance-state.tsx'
import { useCauseText } from '../service-status.tsx'

type HealthHistoryProps = { readonly workspace: string; readonly service: InferenceService }

/** What became of the instances, as nodes reported it. */
export function HealthHistory({ workspace, service }: HealthHistoryProps) {
  const t = useTranslations('inference-services.history')
  const events = useInfiniteQuery(serviceHealthQueries.events(workspace, service.id))
  const columns = useHistoryColumns()
  const rows = events.data?.pages.flatMap((page) => page.items)
  return (
    <section aria-label={t('title')} className="mt-4">
      <h2 className="text-h2 text-ink">{t('title')}</h2>
      <p className="mt-1 mb-3 max-w-[68ch] text-control text-ink-3">{t('note')}</p>
      {rows?.length === 0 ? (
        <p className="text-control text-ink-2">{t('none')}</p>
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowId={({ id }) => id}
          rowName={({ url }) => url}
          lines={1}
          skeletonRows={3}
          error={rows ? undefined : (events.error ?? undefined)}
          errorTitle={t('failed')}
          onRetry={() => void events.refetch()}
          more={
            events.hasNextPage
              ? { loading: events.isFetchingNextPage, onLoad: () => void events.fetchNextPage() }
              : undefined
          }
        />
      )}
    </section>
  )
}

function useHistoryColumns(): ReadonlyArray<DataColumn<InstanceHealthEvent>> {
  const t = useTranslations('inference-services.history')
  const format = useFormat()
  const cause = useCauseText()
  return [
    {
      id: 'time',
      header: t('time'),
      cell: ({ at }) => <Time value={at} style="absolute" className="text-ink-2" />,
    },
    {
      id: 'instance',
      header: t('instance'),
      cell: ({ url }) => <Identifier text={url} charactersMax={40} />,
    },
    { id: 'state', header: t('state'), cell: ({ state }) => <InstanceStateText past state={state} /> },
    {
      id: 'reason',
      header: t('reason'),
      cell: ({ reason }) =>
        reason === null ? (
          <span className="text-ink-3">{format.none}</span>
        ) : (
          <span className="[overflow-wrap:anywhere]">{cause(reason)}</span>
        ),
    },
    {
      id: 'node',
      header: t('node'),
      priority: 2,
      cell: ({ nodeId }) => <Identifier text={nodeId} charactersMax={16} />,
    },
  ]
}

/** Without a button to copy it: the table of instances and the page of nodes have one for each, once. */
function Identifier({ text, charactersMax }: { readonly text: string; readonly charactersMax: number }) {
  return (
    <span translate="no" title={text} className="font-mono [overflow-wrap:anywhere]">
      {truncateMiddle(text, charactersMax)}
    </span>
  )
}
