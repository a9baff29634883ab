'use client'

import type { ComponentProps, ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Input, Textarea } from '@/components/ui/input.tsx'
import { FieldFrame } from './field-frame.tsx'
import { type FieldBaseProps, useField } from './use-field.ts'

type TextFieldProps<V extends FieldValues> = FieldBaseProps<V> & {
  readonly label: ReactNode
  /** For addresses, paths, identifiers and code. */
  readonly mono?: boolean
  readonly multiline?: boolean
  readonly rows?: number
  readonly placeholder?: string
  /** Shows "9 of 64" at the label; too long stays typed and is refused on submit. */
  readonly charactersMax?: number
  /** At the end of the control's line. */
  readonly trailing?: ReactNode
  readonly readOnly?: boolean
} & Pick<ComponentProps<'input'>, 'type' | 'autoComplete' | 'inputMode'>

/** Text, trimmed when the field is left. */
export function TextField<V extends FieldValues>(props: TextFieldProps<V>) {
  const { label, mono, multiline, rows, charactersMax, trailing, help, optional, disabled, className } = props
  const { placeholder, readOnly, type, autoComplete, inputMode } = props
  const { id, field, error, attributes } = useField(props)
  const value = String(field.value ?? '')
  const leave = () => {
    if (value !== value.trim()) field.onChange(value.trim())
    field.onBlur()
  }
  const common = {
    ...attributes,
    id,
    ref: field.ref,
    name: field.name,
    value,
    onChange: field.onChange,
    onBlur: leave,
    mono: mono ?? false,
    disabled,
    placeholder,
    readOnly,
  }
  return (
    <FieldFrame
      id={id}
      label={label}
      optional={optional}
      help={help}
      error={error}
      className={className}
      aside={charactersMax === undefined ? undefined : `${[...value].length} / ${charactersMax}`}
    >
      <div className="flex items-center gap-3">
        {multiline ? (
          <Textarea {...common} {...(rows === undefined ? {} : { rows })} />
        ) : (
          <Input
            {...common}
            type={type ?? 'text'}
            {...(autoComplete === undefined ? {} : { autoComplete })}
            {...(inputMode === undefined ? {} : { inputMode })}
          />
        )}
        {trailing}
      </div>
    </FieldFrame>
  )
}
