'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ErrorState } from '@/components/page/error-state.tsx'
import { Button } from '@/components/ui/button.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import { requestQueries } from '@/lib/client/requests-queries.ts'
import { useWorkspace } from '../../../use-workspace.ts'
import { RequestActions } from './request-actions.tsx'
import { RequestDetails } from './request-details.tsx'
import { useMoveKeys } from './use-move-keys.ts'

interface RequestDrawerProps {
  /** Null: closed. */
  readonly id: string | null
  /** Of the list behind it, the newest first. */
  readonly ids: readonly string[]
  readonly onMove: (id: string) => void
  readonly onClose: () => void
}

/** One request, and the way to its neighbours. */
export function RequestDrawer({ id, ids, onMove, onClose }: RequestDrawerProps) {
  const t = useTranslations('requests')
  const { workspace } = useWorkspace()
  const detail = useQuery({ ...requestQueries.detail(workspace, id ?? ''), enabled: id !== null })
  // A link may name it by its request id.
  const at = id === null ? -1 : ids.indexOf(detail.data?.id ?? id)
  const newer = at === -1 ? undefined : ids[at - 1]
  const older = at === -1 ? undefined : ids[at + 1]
  useMoveKeys({
    onNext: older === undefined ? undefined : () => onMove(older),
    onPrevious: newer === undefined ? undefined : () => onMove(newer),
  })
  return (
    <Drawer
      open={id !== null}
      onOpenChange={onClose}
      width={720}
      title={t('request')}
      footer={
        <div className="flex w-full flex-wrap gap-2">
          {at === -1 ? null : (
            <>
              <Mover
                icon={ChevronUp}
                keys="k"
                label={t('newer')}
                end={t('newest')}
                to={newer}
                onMove={onMove}
              />
              <Mover
                icon={ChevronDown}
                keys="j"
                label={t('older')}
                end={t('oldest')}
                to={older}
                onMove={onMove}
              />
            </>
          )}
          <div className="ml-auto flex flex-wrap gap-2">
            {detail.data ? <RequestActions request={detail.data} /> : null}
          </div>
        </div>
      }
    >
      {detail.data ? <RequestDetails request={detail.data} /> : null}
      {detail.error ? (
        <ErrorState
          title={t('detailFailed')}
          error={detail.error}
          onRetry={() => void detail.refetch()}
          retrying={detail.isFetching}
        />
      ) : null}
    </Drawer>
  )
}

interface MoverProps {
  readonly icon: typeof ChevronUp
  readonly keys: string
  readonly label: string
  /** Why there is none further on. */
  readonly end: string
  readonly to: string | undefined
  readonly onMove: (id: string) => void
}

function Mover({ icon, keys, label, end, to, onMove }: MoverProps) {
  return (
    <Button
      icon={icon}
      shortcut={keys}
      onClick={() => to !== undefined && onMove(to)}
      {...(to === undefined && { disabledReason: end })}
    >
      {label}
    </Button>
  )
}
