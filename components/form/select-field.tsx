'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Combobox } from '@/components/ui/combobox.tsx'
import { Select, type SelectItem } from '@/components/ui/select.tsx'
import { FieldFrame } from './field-frame.tsx'
import { type FieldBaseProps, useField } from './use-field.ts'

type SelectFieldProps<V extends FieldValues> = FieldBaseProps<V> & {
  readonly label: ReactNode
  readonly items: ReadonlyArray<SelectItem<string>>
  readonly placeholder?: string
  readonly mono?: boolean
  /** Long lists: find by typing. */
  readonly searchable?: boolean
  /** Runs after the value changed, for fields that depend on this one. */
  readonly onChanged?: (value: string | null) => void
}

export function SelectField<V extends FieldValues>(props: SelectFieldProps<V>) {
  const { label, items, placeholder, mono, searchable, onChanged, help, optional, disabled, className } =
    props
  const { id, field, error, attributes } = useField(props)
  const change = (value: string | null) => {
    field.onChange(value)
    onChanged?.(value)
  }
  const common = {
    ...attributes,
    id,
    ref: field.ref,
    items,
    value: typeof field.value === 'string' ? field.value : null,
    onValueChange: change,
    onBlur: field.onBlur,
    placeholder,
    mono,
    disabled,
  }
  return (
    <FieldFrame id={id} label={label} optional={optional} help={help} error={error} className={className}>
      {searchable ? <Combobox {...common} /> : <Select {...common} aria-labelledby={`${id}-label`} />}
    </FieldFrame>
  )
}
