'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { TextField } from '@/components/form/text-field.tsx'
import { Button } from '@/components/ui/button.tsx'
import type { InferenceServiceFormInput } from '@/lib/client/inference-service-form.ts'
import { inferenceServiceQueries } from '@/lib/client/inference-services-queries.ts'
import { inferenceServiceName } from '@/lib/domain/inference-service.ts'

const debounceMs = 300

/** The service's name; says while it is typed whether it is free, and offers one that is. */
export function NameField({ workspace }: { readonly workspace: string }) {
  const t = useTranslations('inference-services.form')
  const { setValue, setError, getFieldState } = useFormContext<InferenceServiceFormInput>()
  const name = useWatch<InferenceServiceFormInput, 'name'>({ name: 'name' })
  const settled = useSettled(name)
  const { data } = useQuery({
    ...inferenceServiceQueries.nameAvailable(workspace, settled),
    enabled: settled === name && inferenceServiceName.safeParse(settled).success,
  })
  const taken = data?.available === false && settled === name
  const suggestion = taken ? data.suggestion : null
  const complaint = taken
    ? suggestion
      ? t('nameTaken', { name, suggestion })
      : t('nameTakenPlain', { name })
    : null
  const { isTouched } = getFieldState('name')
  useEffect(() => {
    if (complaint !== null && isTouched) setError('name', { type: 'taken', message: complaint })
  }, [complaint, isTouched, setError])
  return (
    <TextField<InferenceServiceFormInput>
      name="name"
      label={t('name')}
      mono
      help={t.rich('nameHelp', {
        path: () => (
          <code className="font-mono">
            /api/predict/<b className="font-medium">{name || '…'}</b>
          </code>
        ),
      })}
      trailing={
        suggestion ? (
          <Button
            size="sm"
            onClick={() => setValue('name', suggestion, { shouldDirty: true, shouldValidate: true })}
          >
            {t('nameUse', { suggestion })}
          </Button>
        ) : null
      }
    />
  )
}

/** The value once it has rested for 300 ms. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), debounceMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
