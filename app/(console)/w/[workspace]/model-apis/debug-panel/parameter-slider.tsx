'use client'

import { NumberField } from '@base-ui/react/number-field'
import { Slider } from '@base-ui/react/slider'
import { clsx } from 'clsx'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { controlStyle } from '@/components/ui/layer-style.ts'
import { type NamedParameter, parameterRanges } from '@/lib/client/debug-settings.ts'

interface ParameterSliderProps {
  readonly name: NamedParameter
  /** Null: left out of the request. */
  readonly value: number | null
  readonly onValueChange: (value: number | null) => void
  readonly help?: string
  /** A custom parameter of the same name is sent instead. */
  readonly isOverridden: boolean
}

/** A number that is slid or written. */
export function ParameterSlider({ name, value, onValueChange, help, isOverridden }: ParameterSliderProps) {
  const t = useTranslations('debug.settings')
  const id = useId()
  const { min, max, step } = parameterRanges[name]
  const digits = step < 1 ? 2 : 0
  const note = isOverridden ? t('overridden') : value === null ? t('leftOut') : help
  return (
    <div>
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} translate="no" className="font-mono text-control font-medium text-ink">
          {name}
        </label>
        <NumberField.Root
          id={id}
          value={value}
          onValueChange={(next) => onValueChange(next === null || digits > 0 ? next : Math.round(next))}
          min={min}
          max={max}
          step={step}
          smallStep={step}
          format={{ useGrouping: false, maximumFractionDigits: digits }}
        >
          <NumberField.Input
            className={clsx(controlStyle, 'tnum h-7! w-[76px]! text-right pointer-coarse:h-ctl!')}
            aria-describedby={note === undefined ? undefined : `${id}-note`}
          />
        </NumberField.Root>
      </div>
      <Slider.Root
        value={value ?? min}
        onValueChange={(next) => onValueChange(Array.isArray(next) ? (next[0] ?? null) : next)}
        min={min}
        max={max}
        step={step}
        largeStep={step * 10}
      >
        <Slider.Control className="flex w-full touch-none select-none items-center py-2">
          <Slider.Track className="h-[3px] w-full rounded-full bg-line-strong forced-fill">
            <Slider.Indicator className="rounded-full bg-accent forced-fill" />
            <Slider.Thumb
              aria-label={t('slide', { name })}
              className="size-[14px] rounded-full border-2 border-accent bg-surface has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus before:absolute before:-inset-[5px] before:content-[''] pointer-coarse:before:-inset-[15px]"
            />
          </Slider.Track>
        </Slider.Control>
      </Slider.Root>
      {note === undefined ? null : (
        <p id={`${id}-note`} className={clsx('text-meta', isOverridden ? 'text-warn-text' : 'text-ink-3')}>
          {note}
        </p>
      )}
    </div>
  )
}
