'use client'

import { type Path, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FoldedFields } from '@/components/form/folded-fields.tsx'
import { NumberField } from '@/components/form/number-field.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { SelectField } from '@/components/form/select-field.tsx'
import { SwitchField } from '@/components/form/switch-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'

type FieldName = Path<InferenceServiceFormInput>

/** TCP listeners of the gateway's nodes. Those that are off keep their values. */
export function NlbFields() {
  const t = useTranslations('inference-services')
  const nlb = useWatch<InferenceServiceFormInput, 'nlb'>({ name: 'nlb' })
  const count = nlb.enabled ? nlb.listeners.length : 0
  return (
    <FoldedFields
      label={t('form.nlb')}
      summary={nlb.enabled ? t('access.listeners', { count }) : t('form.nlbText')}
      names={['nlb']}
    >
      <SwitchField<InferenceServiceFormInput>
        name="nlb.enabled"
        label={t('form.nlbSwitch')}
        help={t('form.nlbHelp')}
      />
      {nlb.enabled ? (
        <RowsField
          name="nlb.listeners"
          label={t('form.listeners')}
          addLabel={t('form.listenerAdd')}
          rowLabel={(index) => t('form.listenerRow', { number: index + 1 })}
          emptyRow={() => ({ port: null, side: 'vpc' })}
          rowsMin={1}
          rowsMax={5}
        >
          {({ path }) => (
            <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
              <SelectField<InferenceServiceFormInput>
                name={`${path}.side` as FieldName}
                label={t('form.listenerSide')}
                items={(['vpc', 'internet'] as const).map((value) => ({
                  value,
                  label: t(`access.sides.${value}`),
                }))}
                className="min-w-0 flex-1 basis-[160px]"
              />
              <NumberField<InferenceServiceFormInput>
                name={`${path}.port` as FieldName}
                label={t('form.listenerPort')}
                optional
                help={t('form.listenerPortHelp')}
                min={1}
                max={65_535}
              />
            </div>
          )}
        </RowsField>
      ) : null}
    </FoldedFields>
  )
}
