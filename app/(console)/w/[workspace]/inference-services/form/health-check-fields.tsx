'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { SecondsField } from './seconds-field.tsx'

/** Fields of a check that is off keep their values and come back with it. */
export function HealthCheckFields() {
  const t = useTranslations('inference-services.form')
  const enabled = useWatch<InferenceServiceFormInput, 'healthCheck.enabled'>({ name: 'healthCheck.enabled' })
  return (
    <div className="flex flex-col gap-3">
      <SwitchField<InferenceServiceFormInput> name="healthCheck.enabled" label={t('healthCheck')} />
      {enabled ? (
        <div className="flex flex-col gap-[18px] border-l-2 border-line pl-4">
          <TextField<InferenceServiceFormInput> name="healthCheck.path" label={t('healthPath')} mono />
          <div className="flex flex-wrap gap-x-6 gap-y-[18px]">
            <SecondsField name="healthCheck.intervalMs" label={t('healthInterval')} min={1} max={300} />
            <SecondsField name="healthCheck.timeoutMs" label={t('healthTimeout')} min={0.1} max={60} />
          </div>
          <div className="flex flex-wrap gap-x-6 gap-y-[18px]">
            <NumberField<InferenceServiceFormInput>
              name="healthCheck.unhealthyAfter"
              label={t('unhealthyAfter')}
              min={1}
              max={20}
            />
            <NumberField<InferenceServiceFormInput>
              name="healthCheck.healthyAfter"
              label={t('healthyAfter')}
              min={1}
              max={20}
            />
          </div>
        </div>
      ) : null}
    </div>
  )
}
