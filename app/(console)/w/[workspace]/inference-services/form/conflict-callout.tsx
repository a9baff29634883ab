'use client'

import { useTranslations } from 'use-intl'
import { Callout } from '@/components/feedback/callout.tsx'
import { Button } from '@/components/ui/button.tsx'
import { changedFields } from '@/lib/client/inference-service-changes.ts'
import { inferenceServiceForm, inferenceServiceFormOf } from '@/lib/client/inference-service-form.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { ReviewChanges } from './review-changes.tsx'

type ConflictCalloutProps = {
  readonly workspace: string
  readonly base: InferenceService
  readonly theirs: InferenceService
  readonly onOverwrite: () => void
  readonly onReload: () => void
}

/** Someone saved first: shows what they changed and asks whose stays. */
export function ConflictCallout({ workspace, base, theirs, onOverwrite, onReload }: ConflictCalloutProps) {
  const t = useTranslations('inference-services.conflict')
  const output = inferenceServiceForm.parse(inferenceServiceFormOf(theirs))
  const touches = changedFields(base, output).length > 0
  return (
    <Callout tone="warn" title={t('title')}>
      {touches ? t('text') : t('none')}
      {touches ? (
        <div className="mt-2">
          <ReviewChanges workspace={workspace} base={base} wanted={output} plain />
        </div>
      ) : null}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" onClick={onOverwrite}>
          {t('overwrite')}
        </Button>
        <Button size="sm" onClick={onReload}>
          {t('reload')}
        </Button>
      </div>
    </Callout>
  )
}
