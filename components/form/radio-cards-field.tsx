'use client'

import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { type RadioCard, RadioCards } from '@/components/ui/radio-cards.tsx'
import { FieldFrame } from './field-frame.tsx'
import { type FieldBaseProps, useField } from './use-field.ts'

type RadioCardsFieldProps<V extends FieldValues> = FieldBaseProps<V> & {
  readonly label: ReactNode
  readonly items: ReadonlyArray<RadioCard<string>>
  readonly columns?: 1 | 2 | 3
}

export function RadioCardsField<V extends FieldValues>(props: RadioCardsFieldProps<V>) {
  const { label, items, columns, help, className } = props
  const { id, field, error, attributes } = useField(props)
  return (
    <FieldFrame
      id={id}
      label={label}
      help={help}
      error={error}
      as="group"
      className={className ?? 'max-w-none'}
    >
      <RadioCards
        {...attributes}
        aria-labelledby={`${id}-label`}
        items={items}
        value={typeof field.value === 'string' ? field.value : undefined}
        onValueChange={field.onChange}
        {...(columns === undefined ? {} : { columns })}
      />
    </FieldFrame>
  )
}
