'use client'

import { ArrowDown, ArrowUp, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { FieldValues } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { SelectField } from '@/components/form/select-field.tsx'
import { TextField } from '@/components/form/text-field.tsx'
import { IconButton } from '@/components/ui/icon-button.tsx'
import { CidrField } from '../cidr-field.tsx'
import type { Direction } from './rule-values.ts'

interface RuleFieldsProps {
  readonly direction: Direction
  readonly index: number
  readonly count: number
  readonly onMove: (step: -1 | 1) => void
  readonly onRemove: () => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** One rule: what it does, for which ports, of which addresses, and its place in the order. */
export function RuleFields({ direction, index, count, onMove, onRemove, onKeyDown }: RuleFieldsProps) {
  const t = useTranslations('networks.group')
  const path = `${direction}.${index}`
  const number = index + 1
  return (
    // The keys belong to whatever control of the row has the focus.
    <li className="flex items-start gap-2 border-b border-line py-2.5" onKeyDown={onKeyDown}>
      <div className="mt-[25px] flex">
        <IconButton
          data-part="up"
          icon={ArrowUp}
          label={t('moveUp', { number })}
          shortcut="alt+↑"
          disabledReason={index === 0 ? t('isFirst') : undefined}
          onClick={() => onMove(-1)}
        />
        <IconButton
          data-part="down"
          icon={ArrowDown}
          label={t('moveDown', { number })}
          shortcut="alt+↓"
          disabledReason={number === count ? t('isLast') : undefined}
          onClick={() => onMove(1)}
        />
      </div>
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-3 gap-y-2 **:data-field:max-w-none">
        <SelectField<FieldValues>
          name={`${path}.action`}
          label={t('action')}
          className="w-[104px]"
          items={[
            { value: 'allow', label: t('actions.allow') },
            { value: 'deny', label: t('actions.deny') },
          ]}
        />
        <TextField<FieldValues>
          name={`${path}.ports`}
          label={t('ports')}
          placeholder={t('allPorts')}
          mono
          className="w-[148px]"
        />
        <CidrField
          name={`${path}.cidr`}
          label={t(`addresses.${direction}`)}
          className="min-w-[180px] flex-1"
        />
      </div>
      <IconButton
        data-part="remove"
        icon={X}
        className="mt-[25px]"
        label={t('removeRule', { number })}
        onClick={onRemove}
      />
    </li>
  )
}
