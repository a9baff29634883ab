'use client'

import { NumberField } from '@base-ui/react/number-field'
import { clsx } from 'clsx'
import { Minus, Plus } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { useTranslations } from 'use-intl'
import { controlStyle } from './layer-style.ts'

export type NumberInputProps = {
  readonly value: number | null
  readonly onValueChange: (value: number | null) => void
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly step?: number | undefined
  /** Printed after the number: "s", "%". */
  readonly unit?: ReactNode
  readonly id?: string | undefined
  readonly ref?: Ref<HTMLInputElement> | undefined
  readonly onBlur?: (() => void) | undefined
  readonly disabled?: boolean | undefined
  readonly 'aria-label'?: string | undefined
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: boolean | undefined
  readonly className?: string | undefined
}

/** Ports and codes are not quantities, and grouped digits read badly while typing. */
const plain = { useGrouping: false }

const stepStyle = 'grid w-8 place-items-center text-ink-2 hover:bg-hover disabled:text-ink-disabled'

/** A number with steppers and arrow keys. Out-of-range input is never rewritten while typing. */
export function NumberInput({
  value,
  onValueChange,
  min,
  max,
  step,
  unit,
  id,
  disabled,
  className,
  ...input
}: NumberInputProps) {
  const t = useTranslations('kit')
  return (
    <NumberField.Root
      value={value}
      onValueChange={onValueChange}
      allowOutOfRange
      format={plain}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(step === undefined ? {} : { step })}
      {...(id === undefined ? {} : { id })}
      disabled={disabled ?? false}
      className={clsx('inline-flex items-center gap-2', className)}
    >
      <NumberField.Group
        className={clsx(
          controlStyle,
          'flex w-[136px]! items-stretch overflow-hidden px-0! has-aria-invalid:border-bad-solid',
        )}
      >
        <NumberField.Decrement
          aria-label={t('number.decrease')}
          className={clsx(stepStyle, 'border-r border-line')}
        >
          <Minus size={14} strokeWidth={1.5} aria-hidden="true" />
        </NumberField.Decrement>
        <NumberField.Input
          {...input}
          className="tnum min-w-0 flex-1 bg-transparent text-center outline-offset-[-2px]"
        />
        <NumberField.Increment
          aria-label={t('number.increase')}
          className={clsx(stepStyle, 'border-l border-line')}
        >
          <Plus size={14} strokeWidth={1.5} aria-hidden="true" />
        </NumberField.Increment>
      </NumberField.Group>
      {unit ? <span className="text-control text-ink-2">{unit}</span> : null}
    </NumberField.Root>
  )
}
