'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { ChipsCombobox } from '@/components/ui/chips-combobox.tsx'
import { FieldFrame } from './field-frame.tsx'
import { type FieldBaseProps, useField } from './use-field.ts'

type ChipsFieldProps<V extends FieldValues> = FieldBaseProps<V> & {
  readonly label: ReactNode
  /** Offered; anything else may be written. */
  readonly items: readonly string[]
  readonly placeholder?: string
}

/** A list of identifiers, one chip each. */
export function ChipsField<V extends FieldValues>(props: ChipsFieldProps<V>) {
  const { label, items, placeholder, help, optional, className } = props
  const { id, field, error, attributes } = useField(props)
  const value: readonly string[] = Array.isArray(field.value) ? field.value : []
  return (
    <FieldFrame id={id} label={label} optional={optional} help={help} error={error} className={className}>
      <ChipsCombobox
        {...attributes}
        id={id}
        ref={field.ref}
        items={items}
        value={value}
        onValueChange={field.onChange}
        onBlur={field.onBlur}
        placeholder={placeholder}
      />
    </FieldFrame>
  )
}
