'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { ConsoleApiError } from '@/lib/client/console-api-error.ts'
import { updateInputOf } from '@/lib/client/inference-service-changes.ts'
import {
  type InferenceServiceFormOutput,
  inferenceServiceForm,
  inferenceServiceFormOf,
} from '@/lib/client/inference-service-form.ts'
import { useUpdateInferenceService } from '@/lib/client/inference-services-queries.ts'
import { type InferenceService, inferenceService } from '@/lib/domain/inference-service.ts'
import { serviceHref } from '../service-href.ts'
import { ConflictCallout } from './conflict-callout.tsx'
import { ReviewChanges } from './review-changes.tsx'
import { ServiceForm } from './service-form.tsx'

type UpdateServiceFormProps = {
  readonly workspace: string
  /** The service as it was when editing began. */
  readonly base: InferenceService
  readonly onBaseChange: (base: InferenceService) => void
}

export function UpdateServiceForm({ workspace, base, onBaseChange }: UpdateServiceFormProps) {
  const t = useTranslations('inference-services')
  const router = useRouter()
  const update = useUpdateInferenceService(workspace, base.id)
  const [theirs, setTheirs] = useState<InferenceService | null>(null)
  const form = useKitForm({ schema: inferenceServiceForm, defaultValues: inferenceServiceFormOf(base) })
  const detailHref = serviceHref(workspace, base.id)
  const save = async (output: InferenceServiceFormOutput) => {
    const input = updateInputOf(base, output)
    if (input === null) return router.push(detailHref)
    try {
      await update.mutateAsync(input)
    } catch (error) {
      setTheirs(conflicting(error))
      throw error
    }
    toast(t('review.updated'))
    router.push(detailHref)
  }
  const settle = (mine: boolean) => {
    if (theirs === null) return
    if (!mine) form.reset(inferenceServiceFormOf(theirs))
    form.clearErrors('root')
    onBaseChange(theirs)
    setTheirs(null)
  }
  return (
    <ServiceForm
      workspace={workspace}
      form={form}
      service={base}
      title={t('form.editTitle', { name: base.name })}
      reviewTitle={t('review.titleUpdate')}
      reviewNote={t('review.noteUpdate')}
      reviewLabel={t('form.reviewUpdate')}
      saveLabel={t('review.update')}
      cancelHref={detailHref}
      onSave={save}
      review={(output, back) => (
        <div className="flex flex-col gap-4">
          {theirs ? (
            <ConflictCallout
              workspace={workspace}
              base={base}
              theirs={theirs}
              onOverwrite={() => settle(true)}
              onReload={() => {
                settle(false)
                back()
              }}
            />
          ) : null}
          <ReviewChanges workspace={workspace} base={base} wanted={output} />
        </div>
      )}
    />
  )
}

function conflicting(error: unknown): InferenceService | null {
  if (!(error instanceof ConsoleApiError) || error.code !== 'version_conflict') return null
  const parsed = inferenceService.safeParse(error.current)
  return parsed.success ? parsed.data : null
}
