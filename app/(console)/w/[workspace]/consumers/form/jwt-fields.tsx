'use client'

import type { ReactNode } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { ChipsField } from '@/components/form/chips-field.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useForgetComplaints } from '@/components/form/use-forget-complaints.ts'
import type { CredentialForm } from '@/lib/client/consumer-form.ts'
import { publicKeyAlgorithms, secretAlgorithms } from '@/lib/domain/jwt-credential.ts'

const sources = ['url', 'jwks', 'secret'] as const
/** Where the keys stand, by source. */
const keyFields = ['credential.jwksUrl', 'credential.jwks', 'credential.jwtSecret'] as const

/** Whose tokens are taken, and what in them says that they are this consumer's. */
export function JwtFields() {
  const t = useTranslations('consumers.form')
  const from = useWatch<CredentialForm, 'credential.keysFrom'>({ name: 'credential.keysFrom' })
  return (
    <>
      <KeysFields />
      <ChipsField<CredentialForm>
        name="credential.algorithms"
        label={t('algorithms')}
        help={t('algorithmsHelp')}
        items={from === 'secret' ? secretAlgorithms : publicKeyAlgorithms}
      />
      <Pair>
        <TextField<CredentialForm>
          name="credential.claim"
          label={t('claim')}
          className="min-w-0 flex-1 basis-[160px]"
          mono
        />
        <TextField<CredentialForm>
          name="credential.value"
          label={t('value')}
          help={t('valueHelp')}
          className="min-w-0 flex-1 basis-[260px]"
          mono
        />
      </Pair>
      <Pair>
        <TextField<CredentialForm>
          name="credential.issuer"
          label={t('issuer')}
          help={t('issuerHelp')}
          className="min-w-0 flex-1 basis-[210px]"
          mono
          optional
        />
        <TextField<CredentialForm>
          name="credential.audience"
          label={t('audience')}
          help={t('audienceHelp')}
          className="min-w-0 flex-1 basis-[210px]"
          mono
          optional
        />
      </Pair>
      <NumberField<CredentialForm>
        name="credential.clockSkewSeconds"
        label={t('clockSkew')}
        min={0}
        max={300}
        unit={t('seconds')}
      />
    </>
  )
}

function KeysFields() {
  const t = useTranslations('consumers.form')
  const { getValues, setValue } = useFormContext<CredentialForm>()
  const from = useWatch<CredentialForm, 'credential.keysFrom'>({ name: 'credential.keysFrom' })
  useForgetComplaints(from, keyFields)
  const fitAlgorithms = (chosen: string | null) => {
    const usable: readonly string[] = chosen === 'secret' ? secretAlgorithms : publicKeyAlgorithms
    const kept = getValues('credential.algorithms').filter((name) => usable.includes(name))
    const fitting = kept.length > 0 ? kept : usable.slice(0, 1)
    setValue('credential.algorithms', fitting, { shouldDirty: true })
  }
  return (
    <>
      <SelectField<CredentialForm>
        name="credential.keysFrom"
        label={t('keysFrom')}
        items={sources.map((value) => ({ value, label: t(`keysFromNames.${value}`) }))}
        onChanged={fitAlgorithms}
      />
      {from === 'url' ? (
        <TextField<CredentialForm>
          name="credential.jwksUrl"
          label={t('jwksUrl')}
          help={t('jwksUrlHelp')}
          placeholder="https://issuer.example.com/jwks.json"
          inputMode="url"
          mono
        />
      ) : from === 'jwks' ? (
        <TextField<CredentialForm>
          name="credential.jwks"
          label={t('jwks')}
          help={t('jwksHelp')}
          placeholder={'{ "keys": [{ "kty": "RSA", "kid": "…", "n": "…", "e": "AQAB" }] }'}
          rows={5}
          multiline
          mono
        />
      ) : (
        <SecretField<CredentialForm>
          name="credential.jwtSecret"
          label={t('jwtSecret')}
          help={t('jwtSecretHelp')}
          autoComplete="new-password"
        />
      )}
    </>
  )
}

function Pair({ children }: { readonly children: ReactNode }) {
  return <div className="flex max-w-[560px] flex-wrap items-start gap-x-4 gap-y-[18px]">{children}</div>
}
