'use client'

import { type Path, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import { RowsField } from '@/components/form/rows-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { sharedGatewayId } from '@/lib/domain/gateway.ts'

type FieldName = Path<InferenceServiceFormInput>

export function InstancesField() {
  const t = useTranslations('inference-services.form')
  const gatewayId = useWatch<InferenceServiceFormInput, 'gatewayId'>({ name: 'gatewayId' })
  return (
    <RowsField
      name="instances"
      label={t('instances')}
      help={t(gatewayId === sharedGatewayId ? 'instancesHelp' : 'instancesHelpDedicated')}
      addLabel={t('instanceAdd')}
      rowLabel={(index) => t('instanceRow', { number: index + 1 })}
      emptyRow={() => ({ url: 'http://', weight: 1 })}
      rowsMin={gatewayId === sharedGatewayId ? 0 : 1}
      rowsMax={100}
    >
      {({ path }) => (
        <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
          <TextField<InferenceServiceFormInput>
            name={`${path}.url` as FieldName}
            label={t('url')}
            mono
            inputMode="url"
            className="min-w-0 flex-1 basis-[260px]"
          />
          <NumberField<InferenceServiceFormInput>
            name={`${path}.weight` as FieldName}
            label={t('weight')}
            help={t('weightHelp')}
            min={0}
            max={1000}
          />
        </div>
      )}
    </RowsField>
  )
}
