'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { Switch } from '@/components/ui/switch.tsx'
import { FieldNote } from './field-frame.tsx'
import { type FieldBaseProps, useField } from './use-field.ts'

type SwitchFieldProps<V extends FieldValues> = FieldBaseProps<V> & {
  readonly label: ReactNode
  /** `checkbox` for consent and for choices that act on submit only. */
  readonly look?: 'switch' | 'checkbox'
}

export function SwitchField<V extends FieldValues>(props: SwitchFieldProps<V>) {
  const { label, look = 'switch', help, disabled = false, className } = props
  const { id, field, error, attributes } = useField(props)
  const control = {
    ...attributes,
    'aria-labelledby': `${id}-label`,
    inputRef: field.ref,
    checked: field.value === true,
    onCheckedChange: (checked: boolean) => field.onChange(checked),
    onBlur: field.onBlur,
    disabled,
  }
  return (
    <div className={className}>
      <label className="inline-flex items-center gap-2.5 text-control text-ink" htmlFor={id}>
        {look === 'switch' ? <Switch id={id} {...control} /> : <Checkbox id={id} {...control} />}
        <span id={`${id}-label`}>{label}</span>
      </label>
      <FieldNote id={id} help={help} error={error} />
    </div>
  )
}
