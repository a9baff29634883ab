'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { toast } from '@/components/feedback/toast.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { ErrorState } from '@/components/page/error-state.tsx'
import { FieldsSkeleton } from '@/components/page/skeleton.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Dialog } from '@/components/ui/dialog.tsx'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { revisionQueries, useRestoreRevision } from '@/lib/client/revisions-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { useGateway } from '../gateway-context.ts'
import { RevisionChanges } from './revision-changes.tsx'

interface RestoreDialogProps {
  readonly number: number
  readonly onClose: () => void
}

/** Shows what bringing a revision back changes, and does it only against the revision that was looked at. */
export function RestoreDialog({ number, onClose }: RestoreDialogProps) {
  const t = useTranslations('gateways.revisions')
  const { workspace } = useWorkspace()
  const gateway = useGateway()
  const [basedOn, setBasedOn] = useState(gateway.revision)
  const preview = useQuery({
    ...revisionQueries.restorePreview(workspace, gateway.id, number),
    refetchOnWindowFocus: false,
  })
  const restore = useRestoreRevision(workspace, gateway.id)
  const keep = useRef<HTMLButtonElement>(null)
  const stale = gateway.revision !== basedOn
  const nothing = preview.data?.changes.length === 0
  const confirm = async () => {
    await restore.mutateAsync({ number, basedOn })
    toast(t('restored', { number }))
    onClose()
  }
  const lookAgain = async () => {
    restore.reset()
    setBasedOn(gateway.revision)
    await preview.refetch()
  }
  return (
    <Dialog
      open
      width="lg"
      onOpenChange={onClose}
      title={t('restoreTitle', { number })}
      description={nothing ? undefined : t('restoreIntro')}
      initialFocus={keep}
      footer={
        <>
          <Button ref={keep} onClick={onClose}>
            {t('restoreKeep')}
          </Button>
          {nothing || !preview.data || stale ? null : (
            <Button
              variant="primary"
              loading={restore.isPending}
              onClick={() => void confirm().catch(() => undefined)}
            >
              {t('restoreConfirm', { number })}
            </Button>
          )}
        </>
      }
    >
      <div className="flex max-h-[min(60vh,560px)] flex-col gap-4 overflow-y-auto">
        {stale ? (
          <Callout
            tone="warn"
            action={
              <Button size="sm" loading={preview.isFetching} onClick={() => void lookAgain()}>
                {t('stalePreview')}
              </Button>
            }
          >
            {t('stale', { number: gateway.revision })}
          </Callout>
        ) : null}
        {preview.isPending ? <FieldsSkeleton fields={2} /> : null}
        {preview.error ? (
          <ErrorState
            title={t('previewFailed')}
            error={preview.error}
            onRetry={() => void preview.refetch()}
          />
        ) : null}
        {nothing ? <p className="text-control text-ink-2">{t('restoreNothing', { number })}</p> : null}
        {preview.data && !nothing ? <RevisionChanges changes={preview.data.changes} planned /> : null}
        {preview.data && !nothing ? <p className="text-meta text-ink-3">{t('restoreTokens')}</p> : null}
        <RestoreFailure error={restore.error} />
      </div>
    </Dialog>
  )
}

function RestoreFailure({ error }: { readonly error: unknown }) {
  const sentence = useSentences()
  if (!(error instanceof ConsoleApiError)) return null
  return (
    <div role="alert" className="text-control text-bad-text">
      {sentence(error.detail)}
      {error.requestId === null ? null : <RequestId value={error.requestId} />}
    </div>
  )
}
