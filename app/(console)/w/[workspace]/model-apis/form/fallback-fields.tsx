'use client'

import { useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormSection } from '@/components/form/form-section.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import { useForgetComplaints } from '@/components/form/use-forget-complaints.ts'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { emptyTarget } from '@/lib/client/model-target-values.ts'
import { TargetFields } from './target-fields.tsx'

const switched = ['fallback.targets'] as const

/** What is tried when the chosen service fails, in its order, and how long it may take to begin. */
export function FallbackFields() {
  const t = useTranslations('model-apis.form')
  const enabled = useWatch<ModelApiFormValues, 'fallback.enabled'>({ name: 'fallback.enabled' })
  useForgetComplaints(enabled, switched)
  return (
    <FormSection title={t('fallback')} note={t('fallbackNote')}>
      <SwitchField<ModelApiFormValues> name="fallback.enabled" label={t('fallbackOn')} />
      {enabled ? (
        <>
          <RowsField
            name="fallback.targets"
            label={t('fallbackTargets')}
            help={t('fallbackOrder')}
            addLabel={t('serviceAdd')}
            rowLabel={(index) => t('serviceRow', { number: index + 1 })}
            emptyRow={() => ({ ...emptyTarget() })}
            rowsMin={1}
            rowsMax={10}
            ordered
          >
            {({ path }) => <TargetFields path={path} />}
          </RowsField>
          <SwitchField<ModelApiFormValues>
            name="fallback.upstreamErrorsOnly"
            label={t('upstreamErrorsOnly')}
            help={t('upstreamErrorsOnlyHelp')}
          />
        </>
      ) : null}
      <NumberField<ModelApiFormValues>
        name="firstPacketTimeoutMs"
        label={t('firstPacket')}
        help={t('firstPacketHelp')}
        min={0}
        max={600_000}
        step={100}
        unit="ms"
      />
    </FormSection>
  )
}
