'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FoldedFields } from '@/components/form/folded-fields.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { SecondsField } from '@/components/form/seconds-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { healthCheckInput } from '@/lib/domain/inference-service.ts'

/** Fields of a check that is off keep their values and come back with it. */
export function HealthCheckFields() {
  const t = useTranslations('inference-services')
  const format = useFormat()
  const check = useWatch<InferenceServiceFormInput, 'healthCheck'>({ name: 'healthCheck' })
  const entered = healthCheckInput.safeParse(check)
  return (
    <FoldedFields
      label={t('basic.healthCheck')}
      summary={
        check.enabled
          ? entered.success
            ? t('basic.healthCheckText', {
                path: entered.data.path,
                interval: format.duration(entered.data.intervalMs),
              })
            : t('form.incomplete')
          : t('basic.healthCheckOff')
      }
      names={['healthCheck']}
    >
      <SwitchField<InferenceServiceFormInput> name="healthCheck.enabled" label={t('form.healthCheck')} />
      {check.enabled ? <HealthCheckDetails /> : null}
    </FoldedFields>
  )
}

function HealthCheckDetails() {
  const t = useTranslations('inference-services.form')
  const protocol = useWatch<InferenceServiceFormInput, 'protocol'>({ name: 'protocol' })
  return (
    <>
      <TextField<InferenceServiceFormInput>
        name="healthCheck.path"
        label={t('healthPath')}
        help={protocol === 'grpc' ? t('healthPathHelpGrpc') : undefined}
        mono
      />
      <div className="flex flex-wrap gap-x-6 gap-y-[18px]">
        <SecondsField<InferenceServiceFormInput>
          name="healthCheck.intervalMs"
          label={t('healthInterval')}
          min={1}
          max={300}
        />
        <SecondsField<InferenceServiceFormInput>
          name="healthCheck.timeoutMs"
          label={t('healthTimeout')}
          min={0.1}
          max={60}
        />
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
    </>
  )
}
