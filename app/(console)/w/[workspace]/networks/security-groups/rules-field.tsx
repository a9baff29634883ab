'use client'

import { Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useFieldArray, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { listFieldErrors } from '@/components/form/field-errors.ts'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useFieldId } from '@/components/form/form-identity.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { announce } from '@/components/ui/announce.ts'
import { Button } from '@/components/ui/button.tsx'
import { DefaultRule } from './default-rule.tsx'
import { RuleFields } from './rule-fields.tsx'
import { type Direction, type GroupValues, type RuleRow, rulesMax } from './rule-values.ts'

const emptyRule: RuleRow = { protocol: 'tcp', ports: '', cidr: '', action: 'allow' }

type Step = -1 | 1

/** The ordered rules of one direction. Rows move by their buttons and by Alt with the arrow keys. */
export function RulesField({ direction }: { readonly direction: Direction }) {
  const t = useTranslations('networks.group')
  const id = useFieldId(direction)
  const { control, formState } = useFormContext<GroupValues>()
  const sentence = useSentences()
  const { fields, append, remove, move } = useFieldArray({ control, name: direction })
  const complaint = listFieldErrors(formState.errors).find(({ path }) => path === direction)
  const list = useRef<HTMLOListElement>(null)
  const focusAfterMove = useRef<{ readonly row: number; readonly name: string } | null>(null)
  // A row that moves in the document loses the focus: it is given back once the row is drawn.
  useEffect(() => {
    const wanted = focusAfterMove.current
    if (wanted === null) return
    focusAfterMove.current = null
    list.current?.children[wanted.row]?.querySelector<HTMLElement>(wanted.name)?.focus()
  })
  const shift = (index: number, step: Step, focus: string) => {
    const target = index + step
    if (target < 0 || target >= fields.length) return
    focusAfterMove.current = { row: target, name: focus }
    move(index, target)
    announce(t('moved', { position: target + 1, count: fields.length }))
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    const focused = event.target instanceof HTMLElement ? event.target : null
    // There these keys open the choices.
    if (focused?.closest('[role=combobox]')) return
    event.preventDefault()
    shift(index, event.key === 'ArrowUp' ? -1 : 1, selectorOf(focused?.closest('[name],[data-part]') ?? null))
  }
  const drop = (index: number) => {
    remove(index)
    document.getElementById(`${id}-add`)?.focus()
  }
  return (
    <FieldFrame
      id={id}
      as="group"
      label={t(`directions.${direction}`)}
      help={t(`help.${direction}`)}
      error={complaint ? sentence(complaint.message) : undefined}
      className="max-w-none"
    >
      <ol ref={list} aria-labelledby={`${id}-label`} className="border-t border-line">
        {fields.map((row, index) => (
          <RuleFields
            key={row.id}
            direction={direction}
            index={index}
            count={fields.length}
            onMove={(step) => shift(index, step, `[data-part=${step === -1 ? 'up' : 'down'}]`)}
            onRemove={() => drop(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        ))}
        <DefaultRule direction={direction} />
      </ol>
      <Button
        id={`${id}-add`}
        size="sm"
        icon={Plus}
        className="mt-2"
        disabledReason={fields.length >= rulesMax ? t('full', { max: rulesMax }) : undefined}
        onClick={() => append(emptyRule)}
      >
        {t('addRule')}
      </Button>
    </FieldFrame>
  )
}

/** The same control in the row where it will be: inputs are named by their place, buttons by their part. */
function selectorOf(focused: Element | null): string {
  const part = focused?.getAttribute('data-part')
  if (part) return `[data-part=${part}]`
  const field = focused?.getAttribute('name')?.split('.').at(-1)
  return field ? `[name$=".${field}"]` : '[data-part=up]'
}
