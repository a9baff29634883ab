'use client'

import { Meter as BaseMeter } from '@base-ui/react/meter'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type MeterProps = {
  readonly label: ReactNode
  readonly value: number
  readonly max: number
  /** The reading in words: "3 of 15". */
  readonly text: string
  /** From this share on the bar warns. Default: never. */
  readonly warnFrom?: number
}

/** How much of a limit is used. */
export function Meter({ label, value, max, text, warnFrom }: MeterProps) {
  const warns = warnFrom !== undefined && value / max >= warnFrom
  return (
    <BaseMeter.Root
      value={value}
      max={max}
      getAriaValueText={() => text}
      className="grid grid-cols-2 gap-y-1"
    >
      <BaseMeter.Label className="text-control text-ink-2">{label}</BaseMeter.Label>
      <span className="tnum text-right text-control text-ink">{text}</span>
      <BaseMeter.Track className="col-span-2 h-2 overflow-hidden rounded-tag bg-active">
        <BaseMeter.Indicator className={clsx('forced-fill h-full', warns ? 'bg-warn-solid' : 'bg-c1')} />
      </BaseMeter.Track>
    </BaseMeter.Root>
  )
}
