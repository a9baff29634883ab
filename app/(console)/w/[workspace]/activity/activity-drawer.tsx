'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { FactRow, FactRows } from '@/components/page/facts.tsx'
import { Drawer } from '@/components/ui/drawer.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { ActivityEntry } from '@/lib/domain/activity.ts'
import { ObjectLink } from '../activity-sentence.tsx'
import { FieldChanges } from '../field-changes.tsx'
import { useActivityText } from '../use-activity-text.ts'

interface ActivityDrawerProps {
  readonly workspace: string
  /** Undefined: closed. */
  readonly entry: ActivityEntry | undefined
  readonly onClose: () => void
}

/** One recorded act: who, what, when, from where, and every field old and new. */
export function ActivityDrawer({ workspace, entry, onClose }: ActivityDrawerProps) {
  const t = useTranslations('activity.details')
  const { action } = useActivityText()
  return (
    <Drawer
      open={entry !== undefined}
      onOpenChange={onClose}
      width={720}
      title={entry ? `${action(entry.action)} ${entry.object.name}` : t('title')}
    >
      {entry ? <Details workspace={workspace} entry={entry} /> : null}
    </Drawer>
  )
}

interface DetailsProps {
  readonly workspace: string
  readonly entry: ActivityEntry
}

function Details({ workspace, entry }: DetailsProps) {
  const t = useTranslations('activity.details')
  const { kind, actorKind } = useActivityText()
  const { actor, object, address, requestId, reason } = entry
  return (
    <>
      <FactRows>
        <FactRow label={t('who')}>
          {actor.name} <span className="text-ink-3">· {actorKind(actor.kind)}</span>
        </FactRow>
        <FactRow label={t('object')}>
          {kind(object.kind)} <ObjectLink workspace={workspace} entry={entry} />{' '}
          <span className="font-mono text-meta text-ink-3">{object.id}</span>
        </FactRow>
        <FactRow label={t('when')}>
          <Time value={entry.createdAt} style="absolute" />
        </FactRow>
        <OptionalRow label={t('from')} value={address}>
          <span className="font-mono">{address}</span>
        </OptionalRow>
        <OptionalRow label={t('request')} value={requestId}>
          {requestId === null ? null : <RequestId value={requestId} />}
        </OptionalRow>
        <OptionalRow label={t('reason')} value={reason}>
          {reason}
        </OptionalRow>
      </FactRows>
      <h3 className="mt-6 mb-2 text-control font-semibold">{t('changes')}</h3>
      {entry.changes.length === 0 ? (
        <p className="text-control text-ink-2">{t('noChanges')}</p>
      ) : (
        <FieldChanges label={t('changes')} changes={entry.changes} />
      )}
    </>
  )
}

interface OptionalRowProps {
  readonly label: string
  readonly value: string | null
  readonly children: ReactNode
}

function OptionalRow({ label, value, children }: OptionalRowProps) {
  return value === null || value === '' ? null : <FactRow label={label}>{children}</FactRow>
}
