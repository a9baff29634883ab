'use client'

import { ClipboardPaste, Plus } from 'lucide-react'
import { useState } from 'react'
import { type FieldErrors, useFieldArray, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldFrame } from '@/components/form/field-frame.tsx'
import { useFieldId } from '@/components/form/form-identity.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { Button } from '@/components/ui/button.tsx'
import { Input } from '@/components/ui/input.tsx'
import { emptyRule, type ModerationValues } from '@/lib/client/moderation-form.ts'
import { PasteRulesDialog } from './paste-rules-dialog.tsx'
import { RuleRow } from './rule-row.tsx'

/** Rows drawn at once; lists may have a thousand. */
const step = 50
/** From how many on they are searched. */
const searchedFrom = 12

/** The form's `rules`, row by row; rows with a complaint always show. */
export function ModerationRules() {
  const t = useTranslations('plugins.moderation')
  const id = useFieldId('rules')
  const { control, formState, getValues } = useFormContext<ModerationValues>()
  const { fields, append, remove } = useFieldArray({ control, name: 'rules' })
  const [shown, setShown] = useState(step)
  const [wanted, setWanted] = useState('')
  const [pasting, setPasting] = useState(false)
  const sentence = useSentences()
  const complaints = complaintsOf(formState.errors)
  const needle = wanted.trim().toLowerCase()
  const found = fields.flatMap((_, index) =>
    needle === '' || (getValues(`rules.${index}.text`) ?? '').toLowerCase().includes(needle) ? [index] : [],
  )
  const visible = new Set(found.slice(0, shown))
  const whole = complaints.get(null)
  return (
    <FieldFrame
      id={id}
      label={t('rules')}
      aside={fields.length > 0 ? t('count', { count: fields.length }) : undefined}
      help={t('rulesHelp')}
      error={whole === undefined ? undefined : sentence(whole)}
      as="group"
      className="max-w-none"
    >
      {fields.length >= searchedFrom ? (
        <Input
          aria-label={t('search')}
          placeholder={t('search')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className="mb-2 max-w-[280px]"
        />
      ) : null}
      <ul aria-labelledby={`${id}-label`} className="border-t border-line">
        {fields.map((field, index) =>
          visible.has(index) || complaints.has(index) ? (
            <RuleRow
              key={field.id}
              index={index}
              complaint={complaints.get(index)}
              onRemove={() => {
                remove(index)
                document.getElementById(`${id}-add`)?.focus()
              }}
            />
          ) : null,
        )}
      </ul>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button
          id={`${id}-add`}
          size="sm"
          icon={Plus}
          onClick={() => {
            setWanted('')
            setShown(Math.max(shown, fields.length + 1))
            append(emptyRule)
          }}
        >
          {t('add')}
        </Button>
        <Button size="sm" icon={ClipboardPaste} onClick={() => setPasting(true)}>
          {t('paste')}
        </Button>
        {found.length > shown ? (
          <Button size="sm" variant="quiet" onClick={() => setShown(shown + step)}>
            {t('more', { count: found.length - shown })}
          </Button>
        ) : null}
      </div>
      {pasting ? (
        <PasteRulesDialog
          present={getValues('rules')}
          onAdd={(rules) => append([...rules], { shouldFocus: false })}
          onClose={() => setPasting(false)}
        />
      ) : null}
    </FieldFrame>
  )
}

/** By row; null for the list as a whole. */
function complaintsOf(errors: FieldErrors<ModerationValues>): ReadonlyMap<number | null, string> {
  const found = new Map<number | null, string>()
  const { rules } = errors
  if (rules === undefined) return found
  const whole = rules.root?.message ?? rules.message
  if (typeof whole === 'string') found.set(null, whole)
  if (!Array.isArray(rules)) return found
  for (const [index, row] of rules.entries()) {
    const message: unknown = row?.text?.message
    if (typeof message === 'string') found.set(index, message)
  }
  return found
}
