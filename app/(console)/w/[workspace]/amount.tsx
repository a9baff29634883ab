'use client'

import { useFormat } from '@/components/ui/use-format.ts'

interface AmountProps {
  readonly value: number | null
  /** How to write it. Default: a grouped number. */
  readonly as?: 'number' | 'percent' | 'duration' | 'bytes'
}

/** A quantity in a table's cell: grouped, with its unit, a dash for none. */
export function Amount({ value, as = 'number' }: AmountProps) {
  const format = useFormat()
  return <span className="tnum whitespace-nowrap">{format[as](value)}</span>
}
