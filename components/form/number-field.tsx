'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { NumberInput } from '@/components/ui/number-input.tsx'
import { FieldFrame } from './field-frame.tsx'
import { type FieldBaseProps, useField } from './use-field.ts'

type NumberFieldProps<V extends FieldValues> = FieldBaseProps<V> & {
  readonly label: ReactNode
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly unit?: ReactNode
}

export function NumberField<V extends FieldValues>(props: NumberFieldProps<V>) {
  const { label, min, max, step, unit, help, optional, disabled, className } = props
  const { id, field, error, attributes } = useField(props)
  return (
    <FieldFrame id={id} label={label} optional={optional} help={help} error={error} className={className}>
      <NumberInput
        {...attributes}
        id={id}
        ref={field.ref}
        value={typeof field.value === 'number' ? field.value : null}
        onValueChange={field.onChange}
        onBlur={field.onBlur}
        min={min}
        max={max}
        step={step}
        unit={unit}
        disabled={disabled}
      />
    </FieldFrame>
  )
}
