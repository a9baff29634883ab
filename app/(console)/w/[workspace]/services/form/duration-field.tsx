'use client'

import type { Path } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useField } from '@/components/form/use-field.ts'
import { NumberInput } from '@/components/ui/number-input.tsx'
import type { ServiceFormValues } from '@/lib/client/service-form-values.ts'

interface DurationFieldProps {
  /** Of a value in milliseconds. */
  readonly name: Path<ServiceFormValues>
  readonly label: string
  readonly help?: string
  /** Seconds. */
  readonly min: number
  readonly max: number
}

/** Milliseconds, typed in seconds. */
export function DurationField({ name, label, help, min, max }: DurationFieldProps) {
  const t = useTranslations('services.form')
  const { id, field, error, attributes } = useField<ServiceFormValues>({ name, help })
  return (
    <FieldFrame id={id} label={label} help={help} error={error}>
      <NumberInput
        {...attributes}
        id={id}
        ref={field.ref}
        value={typeof field.value === 'number' ? field.value / 1000 : null}
        onValueChange={(seconds) => field.onChange(seconds === null ? null : Math.round(seconds * 1000))}
        onBlur={field.onBlur}
        min={min}
        max={max}
        unit={t('seconds')}
      />
    </FieldFrame>
  )
}
