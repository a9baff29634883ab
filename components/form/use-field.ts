'use client'

import type { Control } from 'react-hook-form'
import { type FieldError, type FieldValues, type Path, useController } from 'react-hook-form'
import { useFieldId } from './form-identity.ts'
import { useSentences } from './issue-text.ts'

export type FieldBaseProps<V extends FieldValues> = {
  readonly name: Path<V>
  /** Pass `form.control` to have `name` checked by the compiler; inside `Form` it is optional. */
  readonly control?: Control<V, unknown, FieldValues> | undefined
  readonly help?: React.ReactNode
  readonly optional?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly className?: string | undefined
}

/** The value of a field and the attributes that tie its control to its label and note. */
export function useField<V extends FieldValues>({ name, control, help }: FieldBaseProps<V>) {
  const id = useFieldId(name)
  const { field, fieldState } = useController<V>({ name, ...(control ? { control: control as never } : {}) })
  const sentence = useSentences()
  const complaint = complaintOf(fieldState.error)
  const error = complaint === undefined ? undefined : sentence(complaint)
  const noted = error !== undefined || (help !== undefined && help !== null)
  return {
    id,
    field,
    error,
    attributes: {
      'aria-invalid': error === undefined ? undefined : true,
      'aria-describedby': noted ? `${id}-note` : undefined,
    },
  }
}

/** Of a list that one control edits, also the first complaint about one of its entries. */
function complaintOf(error: FieldError | undefined): string | undefined {
  const whole = error?.root?.message ?? error?.message
  if (whole !== undefined || !Array.isArray(error)) return whole
  const entries: readonly ({ readonly message?: unknown } | undefined)[] = error
  const messages = entries.map((entry) => entry?.message)
  return messages.find((message) => typeof message === 'string')
}
