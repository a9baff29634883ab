'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Delayed } from '@/components/page/delayed.tsx'
import { EmptyState } from '@/components/page/empty-state.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { Button } from '@/components/ui/button.tsx'
import { revisionQueries } from '@/lib/client/revisions-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useGateway } from '../gateway-context.ts'
import { LinkedRevision } from './linked-revision.tsx'
import { RestoreDialog } from './restore-dialog.tsx'
import { RevisionItem } from './revision-item.tsx'

export function RevisionsPage() {
  const t = useTranslations('gateways.revisions')
  const { workspace } = useWorkspace()
  const gateway = useGateway()
  const list = useInfiniteQuery(revisionQueries.list(workspace, gateway.id))
  const [opened, setOpened] = useQueryState('revision', parseAsInteger.withOptions({ history: 'push' }))
  const [restoring, setRestoring] = useState<number | null>(null)
  const revisions = list.data?.pages.flatMap((page) => page.items)
  const elsewhere =
    opened !== null && revisions !== undefined && !revisions.some(({ number }) => number === opened)
  return (
    <div className="pt-5">
      <p className="mb-3 max-w-[68ch] text-control text-ink-3">{t('note')}</p>
      {elsewhere ? (
        <LinkedRevision number={opened} onRestore={setRestoring} onClose={() => setOpened(null)} />
      ) : null}
      <ol aria-label={t('title')} className="border-t border-line">
        {revisions?.map((revision) => (
          <RevisionItem
            key={revision.number}
            revision={revision}
            open={revision.number === opened}
            onToggle={() => setOpened(revision.number === opened ? null : revision.number)}
            onRestore={() => setRestoring(revision.number)}
          />
        ))}
      </ol>
      {revisions?.length === 0 ? <EmptyState title={t('none')} /> : null}
      {list.error && !list.data ? (
        <ErrorState title={t('loadFailed')} error={list.error} onRetry={() => void list.refetch()} />
      ) : null}
      <Delayed loading={list.isPending} skeleton={<FieldsSkeleton fields={4} />}>
        {null}
      </Delayed>
      {list.hasNextPage ? (
        <div className="flex justify-center py-4">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('loadMore')}
          </Button>
        </div>
      ) : null}
      {restoring === null ? null : (
        <RestoreDialog key={restoring} number={restoring} onClose={() => setRestoring(null)} />
      )}
    </div>
  )
}
