'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { DiffView } from '@/components/feedback/diff-view.tsx'
import type { FieldChange } from '@/lib/domain/activity.ts'

interface FieldChangesProps {
  /** What changed, for the table's name. */
  readonly label: string
  readonly changes: readonly FieldChange[]
  /** Still to be made, not yet history. */
  readonly planned?: boolean
}

/** Recorded changes, field by field, old then new. Values that the console does not know are printed as JSON. */
export function FieldChanges({ label, changes, planned = false }: FieldChangesProps) {
  const t = useTranslations('activity')
  const show = (value: unknown): ReactNode => {
    if (value === null || value === undefined || value === '')
      return <span className="text-ink-3">{t('unset')}</span>
    if (value === 'replaced') return t('replaced')
    return <span className="font-mono">{textOf(value)}</span>
  }
  return (
    <DiffView
      label={label}
      headings={planned ? undefined : { from: t('details.before'), to: t('details.after') }}
      changes={changes.map(({ path, before, after }) => ({
        id: path,
        label: <span className="font-mono">{path}</span>,
        from: show(before),
        to: show(after),
      }))}
    />
  )
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const plain = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')
  return plain ? value.join(', ') : JSON.stringify(value)
}
