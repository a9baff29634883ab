'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SecretField } from '@/components/form/secret-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useForgetComplaints } from '@/components/form/use-forget-complaints.ts'
import type { CredentialForm, CredentialType } from '@/lib/client/consumer-form.ts'
import { HmacFields } from './hmac-fields.tsx'
import { JwtFields } from './jwt-fields.tsx'

interface CredentialFieldsProps {
  readonly types: readonly CredentialType[]
  readonly columns?: 1 | 2
}

const fields = ['credential'] as const

/** How the consumer says who it is. */
export function CredentialFields({ types, columns = 2 }: CredentialFieldsProps) {
  const t = useTranslations('consumers.form')
  const type = useWatch<CredentialForm, 'credential.type'>({ name: 'credential.type' })
  useForgetComplaints(type, fields)
  return (
    <>
      <RadioCardsField<CredentialForm>
        name="credential.type"
        label={t('type')}
        columns={columns}
        items={types.map((value) => ({
          value,
          title: t(`typeNames.${value}`),
          description: t(`typeTexts.${value}`),
        }))}
      />
      {type === 'api-key' ? (
        <>
          <PlaceField />
          <SecretField<CredentialForm>
            name="credential.key"
            label={t('key')}
            help={t('keyHelp')}
            autoComplete="new-password"
            optional
          />
        </>
      ) : null}
      {type === 'jwt' ? (
        <>
          <JwtFields />
          <PlaceField />
        </>
      ) : null}
      {type === 'hmac' ? <HmacFields /> : null}
    </>
  )
}

const places = ['standard', 'header', 'query'] as const

function PlaceField() {
  const t = useTranslations('consumers.form')
  const [type, place] = useWatch<CredentialForm, readonly ['credential.type', 'credential.place']>({
    name: ['credential.type', 'credential.place'],
  })
  const standard = type === 'jwt' ? t('placeStandardToken') : t('placeStandardKey')
  return (
    <div className="flex max-w-[560px] flex-wrap items-start gap-x-4 gap-y-[18px]">
      <SelectField<CredentialForm>
        name="credential.place"
        label={t('place')}
        className="min-w-0 flex-1 basis-[260px]"
        items={places.map((value) => ({
          value,
          label: value === 'standard' ? standard : t(`placeNames.${value}`),
        }))}
      />
      {place === 'standard' ? null : (
        <TextField<CredentialForm>
          name="credential.placeName"
          label={t(`placeOwn.${place}`)}
          placeholder={place === 'header' ? 'x-team-key' : 'team_key'}
          className="min-w-0 flex-1 basis-[160px]"
          mono
        />
      )}
    </div>
  )
}
