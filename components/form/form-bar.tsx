'use client'

import type { ReactNode } from 'react'
import { useFormContext, useFormState } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { RequestId } from '@/components/feedback/request-id.tsx'
import { Button } from '@/components/ui/button.tsx'
import { ButtonLink } from '@/components/ui/button-link.tsx'
import { type FieldComplaint, listFieldErrors } from './field-errors.ts'
import { useFormId } from './form-identity.ts'

type FormBarProps = {
  readonly submitLabel: string
  /** Where Cancel goes; without it there is no Cancel. */
  readonly cancelHref?: string
  readonly onCancel?: () => void
  /** The names of fields in the summary: `{ baseUrl: 'Base URL' }`. Rows are found by their array's name. */
  readonly fieldLabels?: Readonly<Record<string, string>>
  /** More actions, after Cancel. */
  readonly extra?: ReactNode
  /** `secondary` where several forms share a page: a view has one primary button at most. */
  readonly variant?: 'primary' | 'secondary'
  /** `plain` for drawers and dialogs, which have their own footer. */
  readonly sticky?: boolean
}

/** Submit, Cancel and, at the right, what is wrong with links to the fields. Stays in view on long forms. */
export function FormBar({
  submitLabel,
  cancelHref,
  onCancel,
  fieldLabels = {},
  extra,
  variant = 'primary',
  sticky = true,
}: FormBarProps) {
  const t = useTranslations('kit')
  const formId = useFormId()
  const { isSubmitting } = useFormState()
  return (
    <div
      className={
        sticky
          ? 'no-print sticky bottom-0 z-20 flex flex-wrap items-center gap-x-2 gap-y-1 border-t border-line bg-surface py-3'
          : 'flex flex-wrap items-center gap-x-2 gap-y-1 pt-5'
      }
    >
      <Button type="submit" form={formId} variant={variant} loading={isSubmitting}>
        {submitLabel}
      </Button>
      {cancelHref ? (
        <ButtonLink href={cancelHref} variant="quiet">
          {t('cancel')}
        </ButtonLink>
      ) : null}
      {onCancel ? (
        <Button variant="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      ) : null}
      {extra}
      <ProblemSummary fieldLabels={fieldLabels} />
    </div>
  )
}

function ProblemSummary({ fieldLabels }: { readonly fieldLabels: Readonly<Record<string, string>> }) {
  const t = useTranslations('kit')
  const { setFocus } = useFormContext()
  const { errors, submitCount } = useFormState()
  const complaints = submitCount === 0 ? [] : inOrder(listFieldErrors(errors), fieldLabels)
  const refusal = errors.root
  return (
    <div
      role="alert"
      className="ml-auto flex max-w-full flex-wrap items-center gap-x-1.5 text-control text-bad-text"
    >
      {complaints.length > 0 ? (
        <>
          <span>{t('form.problems', { count: complaints.length })}</span>
          {complaints.map((complaint, index) => (
            <span key={complaint.path}>
              <button
                type="button"
                title={complaint.message}
                className="min-h-6 underline underline-offset-2"
                onClick={() => setFocus(complaint.path)}
              >
                {labelOf(complaint, fieldLabels)}
              </button>
              {index < complaints.length - 1 ? t('form.comma') : ''}
            </span>
          ))}
        </>
      ) : null}
      {refusal?.message ? (
        <>
          <span>{refusal.message}</span>
          {refusal.type === 'server' ? null : <RequestId value={String(refusal.type)} />}
        </>
      ) : null}
    </div>
  )
}

/** As their labels are listed, which is the order on the page; what has none comes last. */
function inOrder(complaints: FieldComplaint[], labels: Readonly<Record<string, string>>): FieldComplaint[] {
  const names = Object.keys(labels)
  const rank = (complaint: FieldComplaint) => {
    const name = nameOf(complaint, labels)
    return name === undefined ? names.length : names.indexOf(name)
  }
  return complaints.toSorted((left, right) => rank(left) - rank(right))
}

function labelOf(complaint: FieldComplaint, labels: Readonly<Record<string, string>>): string {
  const name = nameOf(complaint, labels)
  return (name === undefined ? undefined : labels[name]) ?? complaint.path
}

/** Under which name a field has its label. */
function nameOf({ path }: FieldComplaint, labels: Readonly<Record<string, string>>): string | undefined {
  const root = path.split('.')[0] ?? path
  return [path, path.replace(/\.\d+(?=\.|$)/g, ''), root].find((name) => name in labels)
}
