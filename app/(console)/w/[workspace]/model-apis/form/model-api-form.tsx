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
import { modelApiFieldPath } from '@/lib/client/model-api-form-schema.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import type { ModelApi } from '@/lib/domain/model-api.ts'
import { withFieldPaths } from '../../with-field-paths.ts'
import { AddressFields } from './address-fields.tsx'
import { BasicFields } from './basic-fields.tsx'
import { FallbackFields } from './fallback-fields.tsx'
import { FormRouteLine } from './form-route-line.tsx'
import { FormSubject } from './form-subject.tsx'
import { OperationFields } from './operation-fields.tsx'
import { RoutingFields } from './routing-fields.tsx'
import { useFormLabels } from './use-form-labels.ts'

interface ModelApiFormProps {
  readonly form: KitForm<ModelApiFormValues, ModelApiFormValues>
  /** Being edited; null: a new one. */
  readonly api: ModelApi | null
  readonly title: string
  readonly saveLabel: string
  readonly cancelHref: string
  readonly onSave: (values: ModelApiFormValues) => Promise<void>
  readonly review: Review
}

/** The last step: what saving will do. */
interface Review {
  readonly title: string
  readonly section: string
  readonly note: string
  readonly content: (values: ModelApiFormValues, back: () => void) => ReactNode
}

/** Sections in the order of a request's way: what it is, where it answers, which service, and what else is tried. */
export function ModelApiForm(props: ModelApiFormProps) {
  const { form, api, title, review } = props
  const t = useTranslations('model-apis')
  const labels = useFormLabels()
  const { reviewed, submit, back } = useReviewStep(props)
  return (
    <Form form={form} onSubmit={submit} aria-label={title}>
      <PageHeader
        title={reviewed ? review.title : title}
        documentTitle={title}
        {...(reviewed ? {} : { status: <FormSubject api={api} /> })}
      />
      {reviewed && api !== null ? null : (
        <div className="pb-6">
          <FormRouteLine />
        </div>
      )}
      {reviewed ? (
        <Section title={review.section} note={review.note} className="border-t!">
          {review.content(reviewed, back)}
        </Section>
      ) : null}
      {/* Fields stay mounted behind the review, so a refusal can put its complaints on them. */}
      <div hidden={reviewed !== null} className="border-t border-line">
        <BasicFields api={api} />
        <AddressFields api={api} />
        <RoutingFields />
        <FallbackFields />
        <OperationFields />
      </div>
      <FormBar
        submitLabel={reviewed === null ? review.title : props.saveLabel}
        cancelHref={props.cancelHref}
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
function useReviewStep({ onSave }: ModelApiFormProps) {
  const [step, setStep] = useQueryState(
    'step',
    parseAsStringLiteral(['review']).withOptions({ history: 'push' }),
  )
  const [output, setOutput] = useState<ModelApiFormValues | null>(null)
  const reviewed = step === 'review' ? output : null
  const back = () => {
    setOutput(null)
    void setStep(null)
  }
  const submit = async (values: ModelApiFormValues) => {
    if (reviewed === null) {
      setOutput(values)
      void setStep('review')
      window.scrollTo({ top: 0 })
      return
    }
    try {
      await onSave(values)
    } catch (refusal) {
      const error = withFieldPaths(refusal, (path) => modelApiFieldPath(path, values))
      // The fields must be visible again before the form moves the focus to the first complaint.
      if ((problemOf(error)?.invalidFields?.length ?? 0) > 0) flushSync(back)
      throw error
    }
  }
  return { reviewed, submit, back }
}
