'use client'

import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Tag } from '@/components/ui/tag.tsx'
import { Time } from '@/components/ui/time.tsx'
import type { Revision } from '@/lib/domain/revision.ts'
import { RevisionActions } from './revision-actions.tsx'
import { RevisionChanges } from './revision-changes.tsx'
import { useChangeText } from './use-change-text.ts'

interface RevisionItemProps {
  readonly revision: Revision
  readonly open: boolean
  readonly onToggle: () => void
  readonly onRestore: () => void
}

export function RevisionItem({ revision, open, onToggle, onRestore }: RevisionItemProps) {
  const t = useTranslations('gateways.revisions')
  const { number } = revision
  const item = useRef<HTMLLIElement>(null)
  // Only a link that was followed moves the page, never a press on the row itself.
  const linked = useRef(open)
  useEffect(() => {
    if (linked.current) item.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <li ref={item} id={`revision-${number}`} className="border-b border-line">
      <div className="flex flex-wrap items-start gap-x-3 gap-y-1 py-2.5">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={`revision-${number}-changes`}
          aria-label={open ? t('hide', { number }) : t('show', { number })}
          onClick={onToggle}
          className="grid size-6 shrink-0 place-items-center rounded-ctl text-ink-2 hover:bg-hover"
        >
          <ChevronRight
            size={16}
            strokeWidth={1.5}
            aria-hidden="true"
            className={clsx('transition-transform duration-[120ms]', open && 'rotate-90')}
          />
        </button>
        <div className="min-w-0 flex-1 basis-[220px]">
          <RevisionTitle revision={revision} />
          {open ? null : <RevisionSummary revision={revision} />}
        </div>
        <RevisionActions revision={revision} onRestore={onRestore} />
      </div>
      <div id={`revision-${number}-changes`} hidden={!open} className="pb-5 pl-9">
        {open ? <RevisionChanges changes={revision.changes} /> : null}
      </div>
    </li>
  )
}

function RevisionTitle({ revision }: { readonly revision: Revision }) {
  const t = useTranslations('gateways.revisions')
  const { author, createdAt, number, restoredFrom } = revision
  return (
    <div className="flex flex-wrap items-center gap-x-2 text-control">
      <span className="tnum font-medium">{t('number', { number })}</span>
      {revision.current ? <Tag>{t('current')}</Tag> : null}
      {restoredFrom === null ? null : <Tag>{t('restoredFrom', { number: restoredFrom })}</Tag>}
      <span className="text-meta text-ink-3">
        {author} · <Time value={createdAt} /> · {t('runsOn', { count: revision.nodes })}
      </span>
    </div>
  )
}

const namedMax = 2

/** The first changes in words, then how many more. */
function RevisionSummary({ revision }: { readonly revision: Revision }) {
  const t = useTranslations('gateways.revisions')
  const text = useChangeText()
  const { changes } = revision
  const more = changes.length - namedMax
  return (
    <p className="text-control text-ink-2 [overflow-wrap:anywhere]">
      {changes.length === 0 ? t('otherWorkspaces') : changes.slice(0, namedMax).map(text).join(' · ')}
      {more > 0 ? ` · ${t('more', { count: more })}` : ''}
    </p>
  )
}
