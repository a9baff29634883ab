'use client'

import { useFormatter, useTranslations } from 'use-intl'

const none = '—'
const noBreakSpace = '\u00a0'
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Numbers as the console writes them: grouped, with units after a no-break space, a dash for "none". */
export function useFormat() {
  const format = useFormatter()
  const t = useTranslations('kit')
  const number = (value: number | null | undefined, digits = 0) =>
    value === null || value === undefined
      ? none
      : format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return {
    none,
    number,
    /** 41208 → `41.2K`: for columns where the size matters more than the digits. */
    compact: (value: number | null | undefined) =>
      value === null || value === undefined
        ? none
        : format.number(value, { notation: 'compact', maximumFractionDigits: 1 }),
    /** 0.9997 → `99.97%`. */
    percent: (ratio: number | null | undefined, digits = 2) =>
      ratio === null || ratio === undefined
        ? none
        : format.number(ratio, {
            style: 'percent',
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
          }),
    /** 1048576 → `1 MB` (1024 steps, as limits are written). */
    bytes: (bytes: number | null | undefined) => {
      if (bytes === null || bytes === undefined) return none
      const power = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log2(bytes) / 10))
      const amount = format.number(bytes / 1024 ** power, { maximumFractionDigits: power === 0 ? 0 : 1 })
      return `${amount}${noBreakSpace}${byteUnits[power]}`
    },
    /** 312 → `312 ms`, 1840 → `1.84 s`, 150000 → `2 min 30 s`. */
    duration: (ms: number | null | undefined) => {
      if (ms === null || ms === undefined) return none
      if (ms < 1_000) return t('unit.ms', { value: format.number(Math.round(ms)) })
      if (ms < 60_000)
        return t('unit.s', {
          value: format.number(ms / 1_000, { maximumFractionDigits: ms < 10_000 ? 2 : 1 }),
        })
      const minutes = Math.floor(ms / 60_000)
      const seconds = Math.floor((ms % 60_000) / 1_000)
      if (minutes < 60)
        return seconds === 0 ? t('unit.min', { minutes }) : t('unit.minSec', { minutes, seconds })
      if (minutes % 60 === 0) return t('unit.hour', { hours: minutes / 60 })
      return t('unit.hourMin', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
    },
  }
}
