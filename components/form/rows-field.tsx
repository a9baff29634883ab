'use client'

import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { type FieldValues, useFieldArray, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { listFieldErrors } from './field-errors.ts'
import { FieldFrame } from './field-frame.tsx'
import { useFieldId } from './form-identity.ts'
import { useSentences } from './issue-text.ts'

type RowsFieldProps = {
  /** The array's name: `instances`. */
  readonly name: string
  readonly label: ReactNode
  readonly help?: ReactNode
  readonly addLabel: string
  /** The name of one row, for its remove button: "Instance 2". */
  readonly rowLabel: (index: number) => string
  readonly emptyRow: () => Record<string, unknown>
  readonly rowsMin?: number
  readonly rowsMax?: number
  /** The row's fields; name them `${name}.${index}.url`. */
  readonly children: (row: { readonly index: number; readonly path: string }) => ReactNode
}

/** An array edited row by row. Removed rows give focus to the add button. */
export function RowsField({
  name,
  label,
  help,
  addLabel,
  rowLabel,
  emptyRow,
  rowsMin = 0,
  rowsMax = Number.POSITIVE_INFINITY,
  children,
}: RowsFieldProps) {
  const t = useTranslations('kit')
  const id = useFieldId(name)
  const { control, formState, clearErrors } = useFormContext<FieldValues>()
  const { fields, append, remove } = useFieldArray({ control, name })
  const sentence = useSentences()
  const complaint = listFieldErrors(formState.errors).find(({ path }) => path === name)
  const error = complaint ? sentence(complaint.message) : undefined
  return (
    <FieldFrame id={id} label={label} help={help} error={error} as="group" className="max-w-none">
      <ul aria-labelledby={`${id}-label`} className="border-t border-line">
        {fields.map((row, index) => (
          <li key={row.id} className="flex items-start gap-3 border-b border-line py-2">
            <div className="min-w-0 flex-1 **:data-field:max-w-none">
              {children({ index, path: `${name}.${index}` })}
            </div>
            <IconButton
              icon={X}
              className="mt-[27px]"
              label={t('rows.remove', { row: rowLabel(index) })}
              disabledReason={fields.length <= rowsMin ? t('rows.needed', { min: rowsMin }) : undefined}
              onClick={() => {
                remove(index)
                document.getElementById(`${id}-add`)?.focus()
              }}
            />
          </li>
        ))}
      </ul>
      <Button
        id={`${id}-add`}
        size="sm"
        icon={Plus}
        className="mt-2"
        disabledReason={fields.length >= rowsMax ? t('rows.full', { max: rowsMax }) : undefined}
        onClick={() => {
          append(emptyRow())
          // Adding checks all rows; nobody has had the chance to fill this one.
          setTimeout(() => clearErrors(`${name}.${fields.length}`))
        }}
      >
        {addLabel}
      </Button>
    </FieldFrame>
  )
}
