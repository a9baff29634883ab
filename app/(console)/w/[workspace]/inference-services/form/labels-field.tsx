'use client'

import type { Path } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { RowsField } from '@/components/form/rows-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'

type FieldName = Path<InferenceServiceFormInput>

export function LabelsField() {
  const t = useTranslations('inference-services.form')
  return (
    <RowsField
      name="labels"
      label={t('labels')}
      addLabel={t('labelAdd')}
      rowLabel={(index) => t('labelRow', { number: index + 1 })}
      emptyRow={() => ({ name: '', value: '' })}
      rowsMax={20}
    >
      {({ path }) => (
        <div className="flex flex-wrap gap-x-4 gap-y-2">
          <TextField<InferenceServiceFormInput>
            name={`${path}.name` as FieldName}
            label={t('labelName')}
            mono
            className="flex-1 basis-[160px]"
          />
          <TextField<InferenceServiceFormInput>
            name={`${path}.value` as FieldName}
            label={t('labelValue')}
            mono
            className="flex-1 basis-[160px]"
          />
        </div>
      )}
    </RowsField>
  )
}
