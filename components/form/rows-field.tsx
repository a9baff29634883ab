'use client'

import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { type FieldValues, useFieldArray, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { announce } from '@/components/ui/announce.ts'
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
  /** The order means something: rows move by buttons and by Alt with the arrow keys. */
  readonly ordered?: boolean
  /** The row to stand out. */
  readonly litRow?: number | null
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
  ordered = false,
  litRow = null,
  children,
}: RowsFieldProps) {
  const t = useTranslations('kit')
  const id = useFieldId(name)
  const { control, formState, clearErrors } = useFormContext<FieldValues>()
  const { fields, append, remove, move } = useFieldArray({ control, name })
  const sentence = useSentences()
  const complaint = listFieldErrors(formState.errors).find(({ path }) => path === name)
  const error = complaint ? sentence(complaint.message) : undefined
  const moveRow = (from: number, to: number) => {
    if (to < 0 || to >= fields.length) return
    const held = document.activeElement
    flushSync(() => move(from, to))
    // The row takes the focus along, wherever the browser dropped it.
    if (held instanceof HTMLElement) held.focus()
    announce(t('rows.moved', { row: rowLabel(from), position: to + 1, count: fields.length }))
  }
  const press = (event: KeyboardEvent, index: number) => {
    if (!ordered || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    moveRow(index, event.key === 'ArrowUp' ? index - 1 : index + 1)
  }
  return (
    <FieldFrame id={id} label={label} help={help} error={error} as="group" className="max-w-none">
      <ul aria-labelledby={`${id}-label`} className="border-t border-line">
        {fields.map((row, index) => (
          <li
            key={row.id}
            // Before the fields, which have uses of their own for these keys.
            onKeyDownCapture={(event) => press(event, index)}
            className={clsx(
              'flex items-start gap-3 border-b border-line py-2',
              index === litRow && 'bg-accent-tint shadow-[inset_2px_0_0_var(--accent)]',
            )}
          >
            <div className="min-w-0 flex-1 **:data-field:max-w-none">
              {children({ index, path: `${name}.${index}` })}
            </div>
            {ordered ? (
              <MoveButtons row={rowLabel(index)} index={index} count={fields.length} onMove={moveRow} />
            ) : null}
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

interface MoveButtonsProps {
  readonly row: string
  readonly index: number
  readonly count: number
  readonly onMove: (from: number, to: number) => void
}

function MoveButtons({ row, index, count, onMove }: MoveButtonsProps) {
  const t = useTranslations('kit')
  return (
    <span className="mt-[27px] -mr-3 flex">
      <IconButton
        icon={ArrowUp}
        label={t('rows.up', { row })}
        shortcut="alt+↑"
        disabledReason={index === 0 ? t('rows.first') : undefined}
        onClick={() => onMove(index, index - 1)}
      />
      <IconButton
        icon={ArrowDown}
        label={t('rows.down', { row })}
        shortcut="alt+↓"
        disabledReason={index === count - 1 ? t('rows.last') : undefined}
        onClick={() => onMove(index, index + 1)}
      />
    </span>
  )
}
