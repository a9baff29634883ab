'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { toast } from '@/components/feedback/toast.ts'
import { useKitForm } from '@/components/form/use-kit-form.ts'
import { createInputOf } from '@/lib/client/inference-service-changes.ts'
import {
  duplicateInferenceServiceForm,
  emptyInferenceServiceForm,
  type InferenceServiceFormOutput,
  inferenceServiceForm,
} from '@/lib/client/inference-service-form.ts'
import {
  inferenceServiceQueries,
  useCreateInferenceService,
} from '@/lib/client/inference-services-queries.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { serviceHref, servicesHref } from '../service-href.ts'
import { FieldRefusal } from './field-refusal.ts'
import { FormRemark } from './form-remark.tsx'
import { ReviewSettings } from './review-settings.tsx'
import { ServiceForm } from './service-form.tsx'
import { useFormDraft } from './use-form-draft.ts'

type CreateServiceFormProps = {
  readonly workspace: string
  readonly gatewayId: string
  /** Preselected; empty: none. */
  readonly vpcId: string
  /** The service to start from. */
  readonly source: InferenceService | undefined
}

export function CreateServiceForm({ workspace, gatewayId, vpcId, source }: CreateServiceFormProps) {
  const t = useTranslations('inference-services')
  const router = useRouter()
  const create = useCreateInferenceService(workspace)
  const checkName = useNameCheck(workspace)
  const defaultValues = source
    ? duplicateInferenceServiceForm(source)
    : emptyInferenceServiceForm(gatewayId, vpcId)
  const form = useKitForm({ schema: inferenceServiceForm, defaultValues })
  const draft = useFormDraft(form, `deploy ${workspace} ${source?.id ?? ''}`, defaultValues)
  const deploy = async (output: InferenceServiceFormOutput) => {
    const created = await create.mutateAsync(createInputOf(output))
    draft.forget()
    toast(t('review.deployed'))
    router.push(serviceHref(workspace, created.id))
  }
  return (
    <ServiceForm
      workspace={workspace}
      form={form}
      title={t('form.createTitle')}
      reviewTitle={t('review.title')}
      reviewNote={t('review.note')}
      reviewLabel={t('form.review')}
      saveLabel={t('review.deploy')}
      cancelHref={servicesHref(workspace)}
      onReview={(output) => checkName(output.name)}
      onSave={deploy}
      remark={<FormRemark sourceName={source?.name} restored={draft.restored} onDiscard={draft.discard} />}
      review={(output) => <ReviewSettings workspace={workspace} settings={output} />}
    />
  )
}

/** Refuses a taken name before the review, on its field. */
function useNameCheck(workspace: string) {
  const t = useTranslations('inference-services.form')
  const queryClient = useQueryClient()
  return async (name: string) => {
    const query = inferenceServiceQueries.nameAvailable(workspace, name)
    const { available, suggestion } = await queryClient.fetchQuery(query)
    if (available) return
    throw new FieldRefusal(
      'name',
      suggestion ? t('nameTaken', { name, suggestion }) : t('nameTakenPlain', { name }),
    )
  }
}
