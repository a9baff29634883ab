'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/page/error-state.tsx'
import { Button } from '@/components/ui/button.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { revisionQueries } from '@/lib/client/revisions-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useGateway } from '../gateway-context.ts'
import { RevisionItem } from './revision-item.tsx'

interface LinkedRevisionProps {
  readonly number: number
  readonly onRestore: (number: number) => void
  readonly onClose: () => void
}

/** The revision that a link names, when the list has not come to it yet. */
export function LinkedRevision({ number, onRestore, onClose }: LinkedRevisionProps) {
  const t = useTranslations('gateways.revisions')
  const { workspace } = useWorkspace()
  const gateway = useGateway()
  const { data, error, refetch } = useQuery(revisionQueries.detail(workspace, gateway.id, number))
  const missing = error instanceof ConsoleApiError && error.status === 404
  return (
    <div className="mb-6">
      {data ? (
        <ol className="border-t border-line">
          <RevisionItem revision={data} open onToggle={onClose} onRestore={() => onRestore(number)} />
        </ol>
      ) : null}
      {missing ? (
        <p className="flex flex-wrap items-center gap-3 border-y border-line py-3 text-control">
          {t('notFound', { number })}
          <Button size="sm" onClick={onClose}>
            {t('allRevisions')}
          </Button>
        </p>
      ) : null}
      {error && !missing ? (
        <ErrorState title={t('loadFailed')} error={error} onRetry={() => void refetch()} />
      ) : null}
    </div>
  )
}
