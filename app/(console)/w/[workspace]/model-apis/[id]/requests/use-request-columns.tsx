'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { Tag } from '@/components/ui/tag.tsx'
import { Time } from '@/components/ui/time.tsx'
import { truncateMiddle } from '@/components/ui/truncate-middle.ts'
import { useFormat } from '@/components/ui/use-format.ts'
import type { RequestRecord } from '@/lib/domain/request-record.ts'
import { RequestStatus } from './request-status.tsx'

const requestIdShown = 18

export function useRequestColumns(): DataColumn<RequestRecord>[] {
  const t = useTranslations('requests')
  const format = useFormat()
  return useMemo(
    () => [
      { id: 'time', header: t('columns.time'), cell: ({ at }) => <Time value={at} /> },
      {
        id: 'status',
        header: t('columns.status'),
        cell: (record) => (
          <span className="inline-flex items-center gap-2">
            <RequestStatus {...record} />
            {record.isDebug ? <Tag>{t('debug')}</Tag> : null}
          </span>
        ),
      },
      {
        id: 'model',
        header: t('columns.model'),
        cell: (record) => <Models record={record} />,
      },
      {
        id: 'service',
        header: t('columns.service'),
        priority: 2,
        cell: ({ service, attempts }) => (
          <>
            <span translate="no">{service?.name ?? format.none}</span>
            {attempts.length > 1 ? (
              <span className="text-ink-3"> · {t('attempts.count', { count: attempts.length })}</span>
            ) : null}
          </>
        ),
      },
      {
        id: 'duration',
        header: t('columns.duration'),
        align: 'end',
        cell: ({ durationMs }) => <span className="tnum">{format.duration(durationMs)}</span>,
      },
      {
        id: 'first-token',
        header: t('columns.firstToken'),
        align: 'end',
        priority: 3,
        cell: ({ firstTokenMs }) => <span className="tnum">{format.duration(firstTokenMs)}</span>,
      },
      {
        id: 'tokens',
        header: t('columns.tokens'),
        align: 'end',
        priority: 2,
        cell: ({ tokens: { input, output } }) => (
          <span className="tnum">
            {format.number(input)} / {format.number(output)}
          </span>
        ),
      },
      {
        id: 'caller',
        header: t('columns.caller'),
        priority: 3,
        cell: ({ consumer, clientAddress }) =>
          consumer === null ? (
            <span className="font-mono text-ink-2">{clientAddress ?? format.none}</span>
          ) : (
            <span translate="no">{consumer.name}</span>
          ),
      },
      {
        id: 'id',
        header: t('columns.id'),
        priority: 2,
        cell: ({ requestId }) => (
          <span className="font-mono text-meta text-ink-2" title={requestId}>
            {truncateMiddle(requestId, requestIdShown)}
          </span>
        ),
      },
    ],
    [t, format],
  )
}

/** What was asked for, and what answered where it calls itself otherwise. */
function Models({ record: { modelAsked, modelAnswered } }: { readonly record: RequestRecord }) {
  const { none } = useFormat()
  const other = modelAnswered !== null && modelAnswered !== modelAsked ? ` → ${modelAnswered}` : ''
  return (
    <span className="font-mono text-control [overflow-wrap:anywhere]" translate="no">
      {modelAsked ?? none}
      {other}
    </span>
  )
}
