'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { Time } from '@/components/ui/time.tsx'
import type { ActivityEntry } from '@/lib/domain/activity.ts'
import { ActivitySentence } from '../activity-sentence.tsx'
import { useActivityText } from '../use-activity-text.ts'

export function useActivityColumns(workspace: string): DataColumn<ActivityEntry>[] {
  const t = useTranslations('activity')
  return useMemo(
    () => [
      {
        id: 'what',
        header: t('columns.what'),
        cell: (entry) => <ActivitySentence workspace={workspace} entry={entry} />,
      },
      { id: 'who', header: t('columns.who'), cell: (entry) => <Actor entry={entry} /> },
      { id: 'when', header: t('columns.when'), cell: ({ createdAt }) => <Time value={createdAt} /> },
      {
        id: 'from',
        header: t('columns.from'),
        priority: 2,
        cell: ({ address }) => <span className="font-mono text-ink-2">{address ?? '—'}</span>,
      },
    ],
    [t, workspace],
  )
}

function Actor({ entry }: { readonly entry: ActivityEntry }) {
  const { actorKind } = useActivityText()
  const { kind, name } = entry.actor
  return (
    <>
      {name}
      {kind === 'user' ? null : <span className="text-ink-3"> · {actorKind(kind)}</span>}
    </>
  )
}
