'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FoldedFields, FoldedList } from '@/components/form/folded-fields.tsx'
import { FormSection } from '@/components/form/form-section.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { SecondsField } from '@/components/form/seconds-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'
import { TlsFields } from './tls-fields.tsx'

const balancings = ['round-robin', 'least-requests', 'client-address'] as const

/** How nodes are reached: TLS, health checks, and who gets the next request. */
export function ReachFields() {
  const t = useTranslations('services.form')
  const balancing = useWatch<ServiceFormValues, 'balancing'>({ name: 'balancing' })
  return (
    <>
      <TlsFields />
      <FormSection title={t('traffic')}>
        <FoldedList>
          <HealthCheckFields />
          <FoldedFields label={t('balancing')} summary={t(`balancings.${balancing}`)} names={['balancing']}>
            <SelectField<ServiceFormValues>
              name="balancing"
              label={t('balancing')}
              items={balancings.map((value) => ({ value, label: t(`balancings.${value}`) }))}
            />
          </FoldedFields>
        </FoldedList>
      </FormSection>
    </>
  )
}

/** Fields of a check that is off keep their values and come back with it. */
function HealthCheckFields() {
  const t = useTranslations('services.form')
  const format = useFormat()
  const { enabled, path, intervalMs } = useWatch<ServiceFormValues, 'healthCheck'>({ name: 'healthCheck' })
  return (
    <FoldedFields
      label={t('healthCheck')}
      summary={
        enabled
          ? t('healthCheckText', { path, interval: format.duration(intervalMs ?? 0) })
          : t('healthCheckOff')
      }
      names={['healthCheck']}
    >
      <SwitchField<ServiceFormValues> name="healthCheck.enabled" label={t('healthCheckSwitch')} />
      {enabled ? (
        <>
          <TextField<ServiceFormValues> name="healthCheck.path" label={t('healthPath')} mono />
          <div className="flex flex-wrap gap-x-6 gap-y-[18px]">
            <SecondsField<ServiceFormValues>
              name="healthCheck.intervalMs"
              label={t('healthInterval')}
              min={1}
              max={600}
            />
            <SecondsField<ServiceFormValues>
              name="healthCheck.timeoutMs"
              label={t('healthTimeout')}
              min={0.1}
              max={60}
            />
          </div>
          <div className="flex flex-wrap gap-x-6 gap-y-[18px]">
            <NumberField<ServiceFormValues>
              name="healthCheck.unhealthyAfter"
              label={t('unhealthyAfter')}
              min={1}
              max={20}
            />
            <NumberField<ServiceFormValues>
              name="healthCheck.healthyAfter"
              label={t('healthyAfter')}
              min={1}
              max={20}
            />
          </div>
        </>
      ) : null}
    </FoldedFields>
  )
}
