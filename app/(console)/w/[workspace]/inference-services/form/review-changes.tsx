'use client'

import { useTranslations } from 'use-intl'
import { DiffView } from '@/components/feedback/diff-view.tsx'
import { changedFields } from '@/lib/client/inference-service-changes.ts'
import {
  type InferenceServiceFormOutput,
  inferenceServiceForm,
  inferenceServiceFormOf,
} from '@/lib/client/inference-service-form.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { useSettingText } from './setting-text.tsx'

type ReviewChangesProps = {
  readonly workspace: string
  readonly base: InferenceService
  readonly wanted: InferenceServiceFormOutput
  /** Without the line on who is affected. */
  readonly plain?: boolean
}

/** Old to new, changed settings only, and how many calls feel it. */
export function ReviewChanges({ workspace, base, wanted, plain = false }: ReviewChangesProps) {
  const t = useTranslations('inference-services.review')
  const setting = useSettingText(workspace)
  const before = inferenceServiceForm.parse(inferenceServiceFormOf(base))
  const changes = changedFields(base, wanted).map((field) => ({
    id: field,
    label: setting.label(field),
    from: field === 'upstreamCredential' ? undefined : setting.value(field, before),
    to: field === 'upstreamCredential' ? undefined : setting.value(field, wanted),
    // A removal shows nothing of the secret, so it may be told from a replacement.
    ...(field === 'upstreamCredential' && !wanted.removeCredential ? { secret: true } : {}),
  }))
  if (changes.length === 0) return <p className="text-control text-ink-2">{t('nothing')}</p>
  return (
    <DiffView
      label={t('changes')}
      changes={changes}
      {...(plain ? {} : { impact: t('impact', { requests: base.traffic24h.requests }) })}
    />
  )
}
