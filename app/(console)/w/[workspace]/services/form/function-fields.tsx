'use client'

import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'

/** A function behind its HTTP trigger. */
export function FunctionFields() {
  const t = useTranslations('services.form')
  return (
    <FormSection title={t('function')} note={t('functionNote')}>
      <TextField<ServiceFormValues> name="functionCompute.function" label={t('function')} mono />
      <TextField<ServiceFormValues>
        name="functionCompute.qualifier"
        label={t('qualifier')}
        help={t('qualifierHelp')}
        mono
      />
      <TextField<ServiceFormValues>
        name="functionCompute.url"
        label={t('triggerUrl')}
        help={t('triggerUrlHelp')}
        placeholder="https://"
        inputMode="url"
        mono
      />
    </FormSection>
  )
}
