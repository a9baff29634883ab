'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { FoldedFields } from '@/components/form/folded-fields.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { SecondsField } from '@/components/form/seconds-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { passiveHealthInput } from '@/lib/domain/traffic-policy.ts'
import { usePolicyText } from '../use-policy-text.ts'

/** What failures in traffic do to an instance. */
export function PassiveHealthFields() {
  const t = useTranslations('inference-services')
  const text = usePolicyText()
  const passive = useWatch<InferenceServiceFormInput, 'passiveHealth'>({ name: 'passiveHealth' })
  const entered = passiveHealthInput.safeParse(passive)
  return (
    <FoldedFields
      label={t('policy.passive')}
      summary={
        passive.enabled
          ? entered.success
            ? text.passiveHealth(entered.data)
            : t('form.incomplete')
          : text.passiveHealth(null)
      }
      names={['passiveHealth']}
    >
      <SwitchField<InferenceServiceFormInput>
        name="passiveHealth.enabled"
        label={t('form.passive')}
        help={t('form.passiveHelp')}
      />
      {passive.enabled ? <PassiveHealthDetails /> : null}
    </FoldedFields>
  )
}

function PassiveHealthDetails() {
  const t = useTranslations('inference-services.form')
  return (
    <>
      <div className="flex flex-wrap gap-x-6 gap-y-[18px] *:max-w-[220px]">
        <NumberField<InferenceServiceFormInput>
          name="passiveHealth.failures"
          label={t('failures')}
          min={1}
          max={100}
        />
        <NumberField<InferenceServiceFormInput>
          name="passiveHealth.window"
          label={t('window')}
          min={1}
          max={100}
        />
        <SecondsField<InferenceServiceFormInput>
          name="passiveHealth.windowMs"
          label={t('windowTime')}
          min={1}
          max={3600}
        />
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-[18px] *:max-w-[220px]">
        <SecondsField<InferenceServiceFormInput>
          name="passiveHealth.ejectMs"
          label={t('eject')}
          min={1}
          max={3600}
        />
        <SecondsField<InferenceServiceFormInput>
          name="passiveHealth.ejectMsMax"
          label={t('ejectMax')}
          help={t('ejectMaxHelp')}
          min={1}
          max={86_400}
        />
      </div>
      <CountedFailures />
      <SwitchField<InferenceServiceFormInput>
        name="passiveHealth.pauseOnRetryAfter"
        label={t('pause')}
        help={t('pauseHelp')}
      />
    </>
  )
}

function CountedFailures() {
  const t = useTranslations('inference-services.form')
  return (
    <FieldFrame id="counted-failures" label={t('counted')} as="group">
      <fieldset aria-labelledby="counted-failures-label" className="flex flex-col items-start gap-1.5">
        {(['connect', 'timeout', 'serverError'] as const).map((kind) => (
          <SwitchField<InferenceServiceFormInput>
            key={kind}
            name={`passiveHealth.on.${kind}`}
            look="checkbox"
            label={t(`countedKinds.${kind}`)}
          />
        ))}
      </fieldset>
    </FieldFrame>
  )
}
