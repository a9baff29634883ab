'use client'

import { useTranslations } from 'use-intl'
import { NumberField } from '@/components/form/number-field.tsx'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { TargetFields } from './target-fields.tsx'

/** The model that tells intents apart, and how long it may take. */
export function ClassifierFields() {
  const t = useTranslations('model-apis.form')
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <TargetFields path="intent.model" of={t('classifier')} modelNeeded />
      <NumberField<ModelApiFormValues>
        name="intent.model.timeoutMs"
        label={t('classifierTimeout')}
        help={t('classifierTimeoutHelp')}
        min={50}
        max={10_000}
        step={50}
        unit="ms"
      />
    </div>
  )
}
