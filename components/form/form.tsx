'use client'

import { type ReactNode, useId } from 'react'
import {
  type FieldPath,
  type FieldValues,
  FormProvider,
  type SubmitErrorHandler,
  type SubmitHandler,
} from 'react-hook-form'
import { useLocale, useTranslations } from 'use-intl'
import { DirtyGuard } from './dirty-guard.tsx'
import { FormIdentity } from './form-identity.ts'
import { fieldPath, problemOf } from './form-problem.ts'
import { useSentences } from './issue-text.ts'
import type { KitForm } from './use-kit-form.ts'

type FormProps<Input extends FieldValues, Output extends FieldValues> = {
  readonly form: KitForm<Input, Output>
  /** Throw to refuse: an error with a `problem` puts its complaints on the fields. */
  readonly onSubmit: (values: Output) => Promise<void> | void
  /** Asks before unsaved input is left. Default true. */
  readonly guard?: boolean
  readonly 'aria-label'?: string
  readonly 'aria-labelledby'?: string
  readonly className?: string
  readonly children: ReactNode
}

export function Form<Input extends FieldValues, Output extends FieldValues>({
  form,
  onSubmit,
  guard = true,
  children,
  ...rest
}: FormProps<Input, Output>) {
  const id = useId()
  const t = useTranslations('kit')
  const locale = useLocale()
  const sentence = useSentences()
  const refuse = (error: unknown) => {
    const problem = problemOf(error)
    const fields = problem?.invalidFields ?? []
    fields.forEach((field, index) => {
      const name = fieldPath(field.path) as FieldPath<Input>
      // Sentences of data, such as a provider's manifest, come with their translations.
      const own = field.params?.[locale]
      const complaint = { type: 'server', message: typeof own === 'string' ? own : sentence(field.message) }
      form.setError(name, complaint, { shouldFocus: index === 0 })
    })
    if (fields.length > 0) return
    const message = problem ? sentence(problem.detail) : t('form.unanswered')
    form.setError('root', { type: problem?.requestId ?? 'server', message })
  }
  const submit: SubmitHandler<Output> = async (values) => {
    form.clearErrors('root')
    try {
      await onSubmit(values)
      // What was saved is what the form compares with from now on.
      form.reset(form.getValues())
    } catch (error) {
      refuse(error)
    }
  }
  const invalid: SubmitErrorHandler<Input> = () => form.clearErrors('root')
  return (
    <FormProvider {...form}>
      <FormIdentity value={id}>
        {guard ? <DirtyGuard /> : null}
        <form
          {...rest}
          id={id}
          // Sent before the page is ready, it leaves no secrets in the address.
          method="post"
          noValidate
          onSubmit={(event) => void form.handleSubmit(submit, invalid)(event)}
        >
          {children}
        </form>
      </FormIdentity>
    </FormProvider>
  )
}
