'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { RadioCardsField } from '@/components/form/radio-cards-field.tsx'
import { SecondsField } from '@/components/form/seconds-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { balancingStrategy } from '@/lib/domain/inference-service.ts'
import { LabelsField } from './labels-field.tsx'

export function AdvancedFields() {
  const t = useTranslations('inference-services')
  const balancing = useWatch<InferenceServiceFormInput, 'balancing'>({ name: 'balancing' })
  return (
    <FormSection title={t('form.advanced')} note={t('form.advancedNote')}>
      <RadioCardsField<InferenceServiceFormInput>
        name="balancing"
        label={t('form.balancing')}
        columns={3}
        items={balancingStrategy.options.map((value) => ({
          value,
          title: t(`balancings.${value}`),
          description: t(`form.balancingDescriptions.${value}`),
        }))}
      />
      {balancing === 'hash' ? (
        <TextField<InferenceServiceFormInput>
          name="hashHeader"
          label={t('form.hashHeader')}
          optional
          mono
          help={t('form.hashHeaderHelp')}
        />
      ) : null}
      <SecondsField<InferenceServiceFormInput>
        name="requestTimeoutMs"
        label={t('form.timeout')}
        min={1}
        max={3600}
      />
      <SwitchField<InferenceServiceFormInput>
        name="forwardAuthorization"
        label={t('form.forward')}
        help={t('form.forwardHelp')}
      />
      <LabelsField />
    </FormSection>
  )
}
