'use client'

import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Controller, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FieldNote } from '@/components/form/field-frame.tsx'
import { useFieldId } from '@/components/form/form-identity.ts'
import { useSentences } from '@/components/form/issue-text.ts'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Input } from '@/components/ui/input.tsx'
import { Select } from '@/components/ui/select.tsx'
import type { ModerationValues } from '@/lib/client/moderation-form.ts'

const kinds = ['word', 'pattern'] as const
const actions = ['block', 'mask'] as const

interface RuleRowProps {
  readonly index: number
  readonly complaint: string | undefined
  readonly onRemove: () => void
}

/** One rule on one line, two where there is little room. */
export function RuleRow({ index, complaint, onRemove }: RuleRowProps) {
  const t = useTranslations('plugins.moderation')
  const kit = useTranslations('kit')
  const sentence = useSentences()
  const { control } = useFormContext<ModerationValues>()
  const number = index + 1
  const id = useFieldId(`rules.${index}.text`)
  return (
    <li className="border-b border-line py-1.5">
      <div className="grid grid-cols-[112px_minmax(0,1fr)_32px] items-center gap-x-2 gap-y-1.5 md:grid-cols-[112px_minmax(0,1fr)_112px_auto_auto_32px] md:gap-x-3">
        <Controller
          control={control}
          name={`rules.${index}.kind`}
          render={({ field }) => (
            <Select
              aria-label={t('kindOf', { number })}
              items={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
              value={field.value}
              onValueChange={field.onChange}
            />
          )}
        />
        <Controller
          control={control}
          name={`rules.${index}.text`}
          render={({ field }) => (
            <Input
              aria-label={t('textOf', { number })}
              aria-invalid={complaint === undefined ? undefined : true}
              aria-describedby={complaint === undefined ? undefined : `${id}-note`}
              id={id}
              ref={field.ref}
              name={field.name}
              mono
              value={field.value}
              onChange={field.onChange}
              onBlur={field.onBlur}
            />
          )}
        />
        <IconButton
          icon={X}
          className="md:order-last"
          label={kit('rows.remove', { row: t('row', { number }) })}
          onClick={onRemove}
        />
        <Controller
          control={control}
          name={`rules.${index}.action`}
          render={({ field }) => (
            <Select
              aria-label={t('actionOf', { number })}
              items={actions.map((value) => ({ value, label: t(`actions.${value}`) }))}
              value={field.value}
              onValueChange={field.onChange}
            />
          )}
        />
        <div className="col-span-2 flex gap-x-4 md:contents">
          <Tick name={`rules.${index}.isCaseSensitive`} label={t('case')} of={t('row', { number })} />
          <Tick name={`rules.${index}.wholeWord`} label={t('whole')} of={t('row', { number })} />
        </div>
      </div>
      <FieldNote id={id} error={complaint === undefined ? undefined : sentence(complaint)} />
    </li>
  )
}

interface TickProps {
  readonly name: `rules.${number}.isCaseSensitive` | `rules.${number}.wholeWord`
  readonly label: ReactNode
  readonly of: string
}

function Tick({ name, label, of }: TickProps) {
  const { control } = useFormContext<ModerationValues>()
  const id = useFieldId(name)
  return (
    <label className="inline-flex items-center gap-2 whitespace-nowrap text-control" htmlFor={id}>
      <Controller
        control={control}
        name={name}
        render={({ field }) => (
          <Checkbox
            id={id}
            aria-labelledby={`${id}-label`}
            inputRef={field.ref}
            checked={field.value}
            onCheckedChange={(checked) => field.onChange(checked)}
            onBlur={field.onBlur}
          />
        )}
      />
      <span id={`${id}-label`}>
        {label}
        <span className="sr-only">, {of}</span>
      </span>
    </label>
  )
}
