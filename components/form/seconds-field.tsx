'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { NumberInput } from '@/components/ui/number-input.tsx'
import { FieldFrame } from './field-frame.tsx'
import { type FieldBaseProps, useField } from './use-field.ts'

/** `name` is that of a value in milliseconds. */
type SecondsFieldProps<V extends FieldValues> = FieldBaseProps<V> & {
  readonly label: ReactNode
  /** Seconds. */
  readonly min: number
  readonly max: number
}

/** Milliseconds, typed in seconds. */
export function SecondsField<V extends FieldValues>(props: SecondsFieldProps<V>) {
  const t = useTranslations('kit')
  const { label, min, max, help, optional, disabled, className } = props
  const { id, field, error, attributes } = useField(props)
  return (
    <FieldFrame id={id} label={label} optional={optional} help={help} error={error} className={className}>
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
        disabled={disabled}
      />
    </FieldFrame>
  )
}
