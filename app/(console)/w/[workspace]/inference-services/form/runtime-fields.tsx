'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { apiTypeFacts, apiTypes } from '@/lib/domain/api-type.ts'
import { InstancesField } from './instances-field.tsx'

type RuntimeFieldsProps = { readonly credentialSaved: boolean }

export function RuntimeFields({ credentialSaved }: RuntimeFieldsProps) {
  const t = useTranslations('inference-services')
  const apiType = useWatch<InferenceServiceFormInput, 'apiType'>({ name: 'apiType' })
  const usualPath = apiTypeFacts[apiType].path
  return (
    <FormSection title={t('form.runtime')} note={t('form.runtimeNote')}>
      <InstancesField />
      <CredentialFields saved={credentialSaved} />
      <SelectField<InferenceServiceFormInput>
        name="apiType"
        label={t('form.apiType')}
        help={t('form.apiTypeHelp')}
        items={apiTypes.map((value) => ({
          value,
          label: t(`apiTypes.${value}`),
          description: apiTypeFacts[value].path ? (
            <code className="font-mono">{apiTypeFacts[value].path}</code>
          ) : undefined,
        }))}
      />
      <TextField<InferenceServiceFormInput>
        name="apiPath"
        label={t('form.apiPath')}
        optional
        mono
        help={usualPath === null ? t('form.apiPathHelpCustom') : t('form.apiPathHelp', { path: usualPath })}
        {...(usualPath === null ? {} : { placeholder: usualPath })}
      />
      <TextField<InferenceServiceFormInput>
        name="model"
        label={t('form.model')}
        optional
        mono
        help={t('form.modelHelp')}
      />
    </FormSection>
  )
}

function CredentialFields({ saved }: { readonly saved: boolean }) {
  const t = useTranslations('inference-services.form')
  const removing = useWatch<InferenceServiceFormInput, 'removeCredential'>({ name: 'removeCredential' })
  return (
    <div className="flex flex-col gap-2">
      {removing ? null : (
        <SecretField<InferenceServiceFormInput>
          name="upstreamCredential"
          label={t('credential')}
          optional
          saved={saved}
          {...(saved ? {} : { help: t('credentialHelp') })}
        />
      )}
      {saved ? (
        <SwitchField<InferenceServiceFormInput>
          name="removeCredential"
          look="checkbox"
          label={t('credentialRemove')}
        />
      ) : null}
    </div>
  )
}
