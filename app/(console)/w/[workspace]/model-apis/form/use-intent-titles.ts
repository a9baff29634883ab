'use client'

import { useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import type { ModelApiFormValues } from '@/lib/client/model-api-form-values.ts'
import { localIntents } from '@/lib/domain/model-routing.ts'

/** What the form calls an intent. */
export function useIntentTitles(): (name: string) => string {
  const t = useTranslations('model-apis.intents')
  const { getValues } = useFormContext<ModelApiFormValues>()
  return (name) => {
    const { classifier, local, own } = getValues('intent')
    if (classifier === 'model') return own.find((row) => row.name === name)?.title || name
    const known = localIntents.find((intent) => intent === name)
    return known === undefined ? name : local[known].title || t(known)
  }
}
