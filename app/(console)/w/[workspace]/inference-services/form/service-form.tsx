'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { type ReactNode, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { Form } from '@/components/form/form.tsx'
import { FormBar } from '@/components/form/form-bar.tsx'
import { problemOf } from '@/components/form/form-problem.ts'
import type { KitForm } from '@/components/form/use-kit-form.ts'
import { PageHeader } from '@/components/page/page-header.tsx'
import { Section } from '@/components/page/section.tsx'
import { Button } from '@/components/ui/button.tsx'
import type {
  InferenceServiceFormInput,
  InferenceServiceFormOutput,
} from '@/lib/client/inference-service-form.ts'
import { serviceFormPath } from '@/lib/client/service-access-form.ts'
import type { InferenceService } from '@/lib/domain/inference-service.ts'
import { withFieldPaths } from '../../with-field-paths.ts'
import { AdvancedFields } from './advanced-fields.tsx'
import { BasicFields } from './basic-fields.tsx'
import { NetworkFields } from './network-fields.tsx'
import { ResilienceFields } from './resilience-fields.tsx'
import { RuntimeFields } from './runtime-fields.tsx'
import { ServiceRouteLine } from './service-route-line.tsx'
import { TrafficFields } from './traffic-fields.tsx'
import { useFieldLabels } from './use-field-labels.ts'

type ServiceFormProps = {
  readonly workspace: string
  readonly form: KitForm<InferenceServiceFormInput, InferenceServiceFormOutput>
  /** The service being updated. */
  readonly service?: InferenceService
  readonly title: string
  readonly reviewTitle: string
  readonly reviewNote: string
  readonly reviewLabel: string
  readonly saveLabel: string
  readonly cancelHref: string
  readonly remark?: ReactNode
  /** Throw to keep the reader in the form. */
  readonly onReview?: (output: InferenceServiceFormOutput) => Promise<void>
  readonly onSave: (output: InferenceServiceFormOutput) => Promise<void>
  readonly review: (output: InferenceServiceFormOutput, back: () => void) => ReactNode
}

/** Sections in the order of a request's way, then a review of what will happen; only the review sends anything. */
export function ServiceForm(props: ServiceFormProps) {
  const { workspace, form, service, cancelHref } = props
  const t = useTranslations('inference-services')
  const { reviewed, submit, back } = useReviewStep(props)
  const labels = useFieldLabels()
  return (
    <Form form={form} onSubmit={submit} aria-label={props.title}>
      <PageHeader title={reviewed ? props.reviewTitle : props.title} documentTitle={props.title} />
      {props.remark ? <div className="pb-4">{props.remark}</div> : null}
      <ServiceRouteLine workspace={workspace} />
      {reviewed ? (
        <Section
          title={t(service ? 'review.changes' : 'review.settings')}
          note={props.reviewNote}
          className="mt-6 border-t!"
        >
          {props.review(reviewed, back)}
        </Section>
      ) : null}
      {/* Fields stay mounted behind the review, so a refusal can put its complaints on them. */}
      <div hidden={reviewed !== null} className="mt-6 border-t border-line">
        <BasicFields workspace={workspace} fixedName={service !== undefined} />
        <RuntimeFields credentialSaved={service?.hasUpstreamCredential ?? false} />
        <NetworkFields workspace={workspace} service={service} />
        <TrafficFields workspace={workspace} />
        <ResilienceFields />
        <AdvancedFields />
      </div>
      <FormBar
        submitLabel={reviewed ? props.saveLabel : props.reviewLabel}
        cancelHref={cancelHref}
        fieldLabels={labels}
        extra={
          reviewed ? (
            <Button variant="quiet" onClick={back}>
              {t('review.back')}
            </Button>
          ) : null
        }
      />
    </Form>
  )
}

/** The step is in the address, so Back leaves the review; what is reviewed is not, so a reload returns to the form. */
function useReviewStep({ form, onReview, onSave }: ServiceFormProps) {
  const [step, setStep] = useQueryState(
    'step',
    parseAsStringLiteral(['review']).withOptions({ history: 'push' }),
  )
  const [output, setOutput] = useState<InferenceServiceFormOutput | null>(null)
  const reviewed = step === 'review' ? output : null
  const back = () => {
    setOutput(null)
    void setStep(null)
  }
  const submit = async (values: InferenceServiceFormOutput) => {
    if (reviewed === null) {
      await onReview?.(values)
      setOutput(values)
      void setStep('review')
      window.scrollTo({ top: 0 })
      return
    }
    try {
      await onSave(values)
    } catch (refusal) {
      const error = withFieldPaths(refusal, serviceFormPath)
      // The fields must be visible again before the form moves the focus to the first complaint.
      if ((problemOf(error)?.invalidFields?.length ?? 0) > 0) flushSync(back)
      throw error
    }
  }
  return { reviewed, submit, back, form }
}
