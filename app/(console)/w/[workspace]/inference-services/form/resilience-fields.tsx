'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FoldedFields, FoldedList } from '@/components/form/folded-fields.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { SecondsField } from '@/components/form/seconds-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { createInferenceServiceInput } from '@/lib/domain/inference-service.ts'
import { retriesInput } from '@/lib/domain/traffic-policy.ts'
import { usePolicyText } from '../use-policy-text.ts'
import { HealthCheckFields } from './health-check-fields.tsx'
import { PassiveHealthFields } from './passive-health-fields.tsx'

const { slowStartMs, panicThreshold } = createInferenceServiceInput.shape

/** What happens when an instance fails, and when it comes back. */
export function ResilienceFields() {
  const t = useTranslations('inference-services.form')
  return (
    <FormSection title={t('resilience')} note={t('resilienceNote')}>
      <FoldedList>
        <HealthCheckFields />
        <PassiveHealthFields />
        <RetriesFields />
        <SlowStartField />
        <PanicThresholdField />
      </FoldedList>
    </FormSection>
  )
}

function RetriesFields() {
  const t = useTranslations('inference-services')
  const text = usePolicyText()
  const retries = useWatch<InferenceServiceFormInput, 'retries'>({ name: 'retries' })
  const entered = retriesInput.safeParse(retries)
  return (
    <FoldedFields
      label={t('policy.retries')}
      summary={entered.success ? text.retries(entered.data) : t('form.incomplete')}
      names={['retries']}
    >
      <NumberField<InferenceServiceFormInput>
        name="retries.attempts"
        label={t('form.attempts')}
        help={t('form.attemptsHelp')}
        min={0}
        max={5}
      />
      <SwitchField<InferenceServiceFormInput>
        name="retries.idempotent"
        label={t('form.idempotent')}
        help={t('form.idempotentHelp')}
      />
    </FoldedFields>
  )
}

function SlowStartField() {
  const t = useTranslations('inference-services')
  const text = usePolicyText()
  const value = useWatch<InferenceServiceFormInput, 'slowStartMs'>({ name: 'slowStartMs' })
  const entered = slowStartMs.safeParse(value)
  return (
    <FoldedFields
      label={t('policy.slowStart')}
      summary={entered.success ? text.slowStart(entered.data) : t('form.incomplete')}
      names={['slowStartMs']}
    >
      <SecondsField<InferenceServiceFormInput>
        name="slowStartMs"
        label={t('form.slowStart')}
        help={t('form.slowStartHelp')}
        min={0}
        max={3600}
      />
    </FoldedFields>
  )
}

function PanicThresholdField() {
  const t = useTranslations('inference-services')
  const text = usePolicyText()
  const value = useWatch<InferenceServiceFormInput, 'panicThreshold'>({ name: 'panicThreshold' })
  const entered = panicThreshold.safeParse(value)
  return (
    <FoldedFields
      label={t('policy.panic')}
      summary={entered.success ? text.panic(entered.data) : t('form.incomplete')}
      names={['panicThreshold']}
    >
      <NumberField<InferenceServiceFormInput>
        name="panicThreshold"
        label={t('form.panic')}
        help={t('form.panicHelp')}
        unit="%"
        min={0}
        max={100}
      />
    </FoldedFields>
  )
}
