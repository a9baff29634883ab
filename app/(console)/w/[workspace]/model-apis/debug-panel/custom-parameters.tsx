'use client'

import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { Input, Textarea } from '@/components/ui/input.tsx'
import { Select } from '@/components/ui/select.tsx'
import {
  type CustomParameters as Custom,
  type CustomParameter,
  customValues,
  inOtherView,
  overrides,
  parameterTypes,
} from '@/lib/client/debug-settings.ts'

interface CustomParametersProps {
  readonly custom: Custom
  readonly onChange: (custom: Custom) => void
}

/** What else a request says: row by row, or as one object of JSON. */
export function CustomParameters({ custom, onChange }: CustomParametersProps) {
  const t = useTranslations('debug.custom')
  const id = useId()
  const { problem } = customValues(custom)
  const other = inOtherView(custom)
  const add = () => onChange({ ...custom, rows: [...custom.rows, { key: '', type: 'string', value: '' }] })
  return (
    <fieldset
      aria-labelledby={`${id}-title`}
      aria-describedby={problem === null ? undefined : `${id}-problem`}
    >
      <div className="mb-2 flex items-center justify-between gap-2">
        <span id={`${id}-title`} className="text-control font-medium text-ink">
          {t('title')}
        </span>
        <span className="flex items-center gap-1">
          <Button
            size="sm"
            variant="quiet"
            disabledReason={other === null ? t('repairFirst') : undefined}
            onClick={() => other && onChange(other)}
          >
            {custom.view === 'rows' ? t('asJson') : t('asRows')}
          </Button>
          {custom.view === 'rows' ? <IconButton icon={Plus} label={t('add')} onClick={add} /> : null}
        </span>
      </div>
      {custom.view === 'json' ? (
        <Textarea
          mono
          rows={6}
          aria-label={t('json')}
          aria-invalid={problem === null ? undefined : true}
          placeholder={'{ "seed": 7 }'}
          value={custom.json}
          onChange={(event) => onChange({ ...custom, json: event.target.value })}
        />
      ) : (
        <ul className="flex flex-col gap-3">
          {custom.rows.map((row, index) => (
            <Row
              key={String(index)}
              row={row}
              number={index + 1}
              isWrong={problem?.row === index}
              onChange={(changed) => onChange({ ...custom, rows: custom.rows.with(index, changed) })}
              onRemove={() => onChange({ ...custom, rows: custom.rows.toSpliced(index, 1) })}
            />
          ))}
        </ul>
      )}
      {problem === null ? null : (
        <p id={`${id}-problem`} className="mt-[5px] text-meta text-bad-text">
          {problem.row === null
            ? t(`problems.${problem.kind}`)
            : t('problemOfRow', { number: problem.row + 1, problem: t(`problems.${problem.kind}`) })}
        </p>
      )}
    </fieldset>
  )
}

interface RowProps {
  readonly row: CustomParameter
  /** Counted from 1. */
  readonly number: number
  readonly isWrong: boolean
  readonly onChange: (row: CustomParameter) => void
  readonly onRemove: () => void
}

function Row({ row, number, isWrong, onChange, onRemove }: RowProps) {
  const t = useTranslations('debug.custom')
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_104px_28px] gap-1.5">
      <Input
        mono
        aria-label={t('keyOf', { number })}
        placeholder={t('key')}
        value={row.key}
        onChange={(event) => onChange({ ...row, key: event.target.value })}
      />
      <Select
        aria-label={t('typeOf', { number })}
        items={parameterTypes.map((type) => ({ value: type, label: t(`types.${type}`) }))}
        value={row.type}
        onValueChange={(type) => onChange({ ...row, type })}
      />
      <IconButton icon={X} label={t('remove', { number })} onClick={onRemove} className="self-center" />
      <Input
        mono
        className="col-span-2"
        aria-label={t('valueOf', { number })}
        aria-invalid={isWrong || undefined}
        placeholder={t('value')}
        value={row.value}
        onChange={(event) => onChange({ ...row, value: event.target.value })}
      />
      {overrides(row.key) ? (
        <p className="col-span-3 text-meta text-warn-text">{t('overrides', { key: row.key.trim() })}</p>
      ) : null}
    </li>
  )
}
