'use client'

import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { NameField } from './name-field.tsx'

type BasicFieldsProps = { readonly workspace: string; readonly fixedName: boolean }

export function BasicFields({ workspace, fixedName }: BasicFieldsProps) {
  const t = useTranslations('inference-services.form')
  return (
    <FormSection title={t('basic')} note={t('basicNote')}>
      {fixedName ? (
        <TextField<InferenceServiceFormInput>
          name="name"
          label={t('name')}
          mono
          readOnly
          help={t('nameFixed')}
        />
      ) : (
        <NameField workspace={workspace} />
      )}
      <TextField<InferenceServiceFormInput> name="description" label={t('description')} optional />
    </FormSection>
  )
}
