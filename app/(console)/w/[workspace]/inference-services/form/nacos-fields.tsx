'use client'

import { type Path, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FoldedFields } from '@/components/form/folded-fields.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { emptyRegistration } from '@/lib/client/service-access-form.ts'

type FieldName = Path<InferenceServiceFormInput>

/** Nacos clusters in which ready instances are registered. Those that are off keep their values. */
export function NacosFields() {
  const t = useTranslations('inference-services')
  const nacos = useWatch<InferenceServiceFormInput, 'nacos'>({ name: 'nacos' })
  const count = nacos.enabled ? nacos.registrations.length : 0
  return (
    <FoldedFields
      label={t('form.nacos')}
      summary={nacos.enabled ? t('access.registrations', { count }) : t('form.nacosText')}
      names={['nacos']}
    >
      <SwitchField<InferenceServiceFormInput>
        name="nacos.enabled"
        label={t('form.nacosSwitch')}
        help={t('form.nacosHelp')}
      />
      {nacos.enabled ? (
        <RowsField
          name="nacos.registrations"
          label={t('form.registrations')}
          addLabel={t('form.registrationAdd')}
          rowLabel={(index) => t('form.registrationRow', { number: index + 1 })}
          emptyRow={emptyRegistration}
          rowsMin={1}
          rowsMax={5}
        >
          {({ path }) => <RegistrationFields path={path} />}
        </RowsField>
      ) : null}
    </FoldedFields>
  )
}

function RegistrationFields({ path }: { readonly path: string }) {
  const t = useTranslations('inference-services.form')
  const at = (name: string) => `${path}.${name}` as FieldName
  return (
    <div className="flex flex-col gap-3">
      <TextField<InferenceServiceFormInput>
        name={at('servers')}
        label={t('servers')}
        help={t('serversHelp')}
        mono
        multiline
        rows={2}
      />
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 *:min-w-0 *:flex-1 *:basis-[160px]">
        <TextField<InferenceServiceFormInput> name={at('group')} label={t('nacosGroup')} mono />
        <TextField<InferenceServiceFormInput>
          name={at('namespace')}
          label={t('nacosNamespace')}
          optional
          help={t('nacosNamespaceHelp')}
          mono
        />
        <TextField<InferenceServiceFormInput>
          name={at('serviceName')}
          label={t('nacosName')}
          optional
          help={t('nacosNameHelp')}
          mono
        />
      </div>
      <CredentialFields path={path} />
    </div>
  )
}

function CredentialFields({ path }: { readonly path: string }) {
  const t = useTranslations('inference-services.form')
  const at = (name: string) => `${path}.${name}` as FieldName
  const [saved, removing] = useWatch({ name: [at('hasPassword'), at('removePassword')] })
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 *:min-w-0 *:flex-1 *:basis-[200px]">
        <TextField<InferenceServiceFormInput>
          name={at('username')}
          label={t('nacosUser')}
          optional
          autoComplete="off"
          mono
        />
        {removing === true ? null : (
          <SecretField<InferenceServiceFormInput>
            name={at('password')}
            label={t('nacosPassword')}
            optional
            saved={saved === true}
          />
        )}
      </div>
      {saved === true ? (
        <SwitchField<InferenceServiceFormInput>
          name={at('removePassword')}
          look="checkbox"
          label={t('nacosPasswordRemove')}
        />
      ) : null}
    </>
  )
}
