'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { type ServiceFormValues, splitAddresses } from '@/lib/client/service-form-values.ts'
import { AddressRows } from './address-rows.tsx'
import { ReachFields } from './reach-fields.tsx'

interface AddressFieldsProps {
  readonly source: 'dns' | 'fixed'
  /** Moves what was typed to the other source; null where the source stays. */
  readonly onSource: ((source: 'dns' | 'fixed') => void) | null
}

/** Addresses as one pasted list, read back line by line as it is typed. */
export function AddressFields({ source, onSource }: AddressFieldsProps) {
  const t = useTranslations('services.form')
  const written = useWatch<ServiceFormValues, 'addresses'>({ name: 'addresses' })
  const addresses = splitAddresses(written)
  return (
    <>
      <FormSection title={t('addresses')} note={t(`addressesNote.${source}`)}>
        <TextField<ServiceFormValues>
          name="addresses"
          label={t('addresses')}
          help={t(`addressesHelp.${source}`)}
          placeholder={source === 'dns' ? 'chat.internal:8000' : '10.0.0.7:8000'}
          mono
          multiline
          rows={3}
        />
        <AddressRows source={source} addresses={addresses} onSource={onSource} />
      </FormSection>
      <ReachFields />
    </>
  )
}
