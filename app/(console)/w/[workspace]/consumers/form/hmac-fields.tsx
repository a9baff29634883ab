'use client'

import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useFieldId } from '@/components/form/form-identity.ts'
import { NumberField } from '@/components/form/number-field.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { CredentialForm } from '@/lib/client/consumer-form.ts'

/** Requests signed as RFC 9421 says, with `hmac-sha256`. */
export function HmacFields() {
  const t = useTranslations('consumers.form')
  const covered = useFieldId('credential.covers')
  return (
    <>
      <TextField<CredentialForm>
        name="credential.keyId"
        label={t('keyId')}
        help={t('keyIdHelp')}
        placeholder="billing-batch"
        mono
      />
      <SecretField<CredentialForm>
        name="credential.secret"
        label={t('secret')}
        help={t('secretHelp')}
        autoComplete="new-password"
        optional
      />
      <FieldFrame id={covered} label={t('covers')} help={t('coversHelp')} as="group">
        <div className="flex flex-wrap gap-x-5 gap-y-2">
          <SwitchField<CredentialForm>
            name="credential.coversAuthority"
            label={t('coversAuthority')}
            look="checkbox"
          />
          <SwitchField<CredentialForm>
            name="credential.coversQuery"
            label={t('coversQuery')}
            look="checkbox"
          />
          <SwitchField<CredentialForm> name="credential.coversBody" label={t('coversBody')} look="checkbox" />
        </div>
      </FieldFrame>
      <NumberField<CredentialForm>
        name="credential.maxAgeSeconds"
        label={t('maxAge')}
        min={10}
        max={3600}
        unit={t('seconds')}
      />
    </>
  )
}
