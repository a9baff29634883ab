'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FoldedFields } from '@/components/form/folded-fields.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'

/** Callers find the instances and call them without the gateway. */
export function VpcDirectFields() {
  const t = useTranslations('inference-services')
  const on = useWatch<InferenceServiceFormInput, 'vpcDirect'>({ name: 'vpcDirect' })
  return (
    <FoldedFields
      label={t('form.vpcDirect')}
      summary={on ? t('access.directOn') : t('form.vpcDirectText')}
      names={['vpcDirect']}
    >
      <SwitchField<InferenceServiceFormInput>
        name="vpcDirect"
        label={t('form.vpcDirectSwitch')}
        help={t('form.vpcDirectHelp')}
      />
    </FoldedFields>
  )
}
