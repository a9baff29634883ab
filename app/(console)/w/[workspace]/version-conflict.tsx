'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { DiffView, type FieldChange } from '@/components/feedback/diff-view.tsx'
import { Button } from '@/components/ui/button.tsx'

interface VersionConflictProps {
  /** What the other person changed since this form was opened. */
  readonly theirs: readonly FieldChange[]
  /** Called before the form is submitted to overwrite. */
  readonly onOverwrite?: () => void
  /** Drops this form's input. */
  readonly onTakeTheirs: () => void
  readonly busy: boolean
}

/** Someone saved meanwhile: look at their change, then choose. Stands inside the form, whose submit overwrites. */
export function VersionConflict({ theirs, onOverwrite, onTakeTheirs, busy }: VersionConflictProps) {
  const t = useTranslations('settings.conflict')
  const [shown, setShown] = useState(false)
  return (
    <div role="alert" className="mt-4">
      <Callout tone="warn" title={t('title')}>
        {t('text')}
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {shown ? t('hide') : t('see')}
          </Button>
          <Button type="submit" size="sm" loading={busy} onClick={() => onOverwrite?.()}>
            {t('overwrite')}
          </Button>
          <Button size="sm" onClick={onTakeTheirs}>
            {t('take')}
          </Button>
        </div>
      </Callout>
      {shown ? (
        <div className="mt-3">
          <DiffView label={t('see')} changes={theirs} />
        </div>
      ) : null}
    </div>
  )
}
