'use client'

import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Input } from '@/components/ui/input.tsx'
import type { FormPart } from './use-call-form.ts'

interface FormPartsProps {
  readonly parts: readonly FormPart[]
  readonly onChange: (parts: readonly FormPart[]) => void
}

/** Texts and files of a form. */
export function FormParts({ parts, onChange }: FormPartsProps) {
  const t = useTranslations('debug.call')
  const add = (type: FormPart['type']) => onChange([...parts, { type, name: '', value: '', file: null }])
  return (
    <fieldset>
      <legend className="mb-2 text-control font-medium text-ink">{t('parts')}</legend>
      <ul className="flex flex-col gap-3">
        {parts.map((part, index) => (
          <Part
            key={String(index)}
            part={part}
            number={index + 1}
            onChange={(changed) => onChange(parts.with(index, changed))}
            onRemove={() => onChange(parts.toSpliced(index, 1))}
          />
        ))}
      </ul>
      <div className="mt-2 flex gap-2">
        <Button size="sm" icon={Plus} onClick={() => add('text')}>
          {t('addText')}
        </Button>
        <Button size="sm" icon={Plus} onClick={() => add('file')}>
          {t('addFile')}
        </Button>
      </div>
    </fieldset>
  )
}

interface PartProps {
  readonly part: FormPart
  /** Counted from 1. */
  readonly number: number
  readonly onChange: (part: FormPart) => void
  readonly onRemove: () => void
}

function Part({ part, number, onChange, onRemove }: PartProps) {
  const t = useTranslations('debug.call')
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_28px] gap-1.5">
      <Input
        mono
        aria-label={t('partName', { number })}
        placeholder={t('name')}
        value={part.name}
        onChange={(event) => onChange({ ...part, name: event.target.value })}
      />
      <IconButton icon={X} label={t('removePart', { number })} onClick={onRemove} className="self-center" />
      {part.type === 'text' ? (
        <Input
          mono
          className="col-span-2"
          aria-label={t('partValue', { number })}
          value={part.value}
          onChange={(event) => onChange({ ...part, value: event.target.value })}
        />
      ) : (
        <input
          type="file"
          aria-label={t('partFile', { number })}
          onChange={(event) => onChange({ ...part, file: event.target.files?.[0] ?? null })}
          className="col-span-2 w-full text-control text-ink-2 file:mr-3 file:h-7 file:cursor-pointer file:rounded-ctl file:border file:border-solid file:border-line-strong file:bg-surface file:px-2.5 file:text-ink"
        />
      )}
    </li>
  )
}
