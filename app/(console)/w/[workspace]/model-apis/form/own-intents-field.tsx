'use client'

import { useTranslations } from 'use-intl'
import { RowsField } from '@/components/form/rows-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { emptyOwnIntent } from '@/lib/client/model-api-intents.ts'
import { TargetFields } from './target-fields.tsx'

/** Intents of one's own: what the model is told of each, and where each goes. */
export function OwnIntentsField() {
  const t = useTranslations('model-apis.form')
  return (
    <RowsField
      name="intent.own"
      label={t('intentServices')}
      help={t('intentHelp')}
      addLabel={t('intentAdd')}
      rowLabel={(index) => t('intentRow', { number: index + 1 })}
      emptyRow={() => ({ ...emptyOwnIntent() })}
      rowsMin={1}
      rowsMax={20}
    >
      {({ index, path }) => (
        <div className="flex flex-col gap-2">
          <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
            <TextField<ModelApiFormValues>
              name={`${path}.name` as 'name'}
              label={t('intentName')}
              placeholder="support"
              className="min-w-0 flex-1 basis-[150px]"
              mono
            />
            <TextField<ModelApiFormValues>
              name={`${path}.title` as 'name'}
              label={t('intentTitle')}
              className="min-w-0 flex-1 basis-[150px]"
              optional
            />
            <TextField<ModelApiFormValues>
              name={`${path}.description` as 'name'}
              label={t('intentDescription')}
              placeholder={t('intentDescriptionExample')}
              className="min-w-0 flex-[2] basis-[260px]"
            />
          </div>
          <TargetFields path={`${path}.target`} of={t('intentRow', { number: index + 1 })} />
        </div>
      )}
    </RowsField>
  )
}
