'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { DataColumn } from '@/components/data-table/columns.ts'
import { Button } from '@/components/ui/button.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { ActivityEntry } from '@/lib/domain/activity.ts'
import { ActivitySentence } from '../activity-sentence.tsx'
import { useActivityText } from '../use-activity-text.ts'

export function useActivityColumns(
  workspace: string,
  onOpen: (id: string) => void,
): DataColumn<ActivityEntry>[] {
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
      {
        id: 'changes',
        header: t('columns.changes'),
        cell: (entry) => <DetailsButton entry={entry} onOpen={onOpen} />,
      },
    ],
    [t, workspace, onOpen],
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

interface DetailsButtonProps {
  readonly entry: ActivityEntry
  readonly onOpen: (id: string) => void
}

function DetailsButton({ entry, onOpen }: DetailsButtonProps) {
  const t = useTranslations('activity')
  const { action } = useActivityText()
  const count = entry.changes.length
  return (
    <Button
      size="sm"
      variant="quiet"
      className="-ml-2.5"
      aria-label={t('details.open', { action: action(entry.action), object: entry.object.name })}
      onClick={() => onOpen(entry.id)}
    >
      {count === 0 ? t('details.short') : t('fieldCount', { count })}
    </Button>
  )
}
