'use client'

import { PreviewCard } from '@base-ui/react/preview-card'
import { clsx } from 'clsx'
import { useFormatter, useLocale, useNow, useTimeZone, useTranslations } from 'use-intl'
import { CopyButton } from './copy-button.tsx'
import { popupStyle } from './layer-style.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs
const tickMs = 15_000

type TimeProps = {
  /** ISO 8601 text, epoch milliseconds or a date. */
  readonly value: string | number | Date
  /** `relative` under seven days, then a date; `absolute` always prints date and time. */
  readonly style?: 'relative' | 'absolute'
  readonly className?: string
}

/** An instant. The card on hover and focus gives local time with its zone, UTC and Unix milliseconds. */
export function Time({ value, style = 'relative', className }: TimeProps) {
  const date = new Date(value)
  const text = useTimeText(date, style)
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger
        delay={300}
        render={
          <button
            type="button"
            className={clsx('tnum -my-1 cursor-default! whitespace-nowrap rounded-tag py-1', className)}
          />
        }
      >
        <time dateTime={date.toISOString()}>{text}</time>
      </PreviewCard.Trigger>
      <PreviewCard.Portal>
        <PreviewCard.Positioner sideOffset={6} className="z-50">
          <PreviewCard.Popup className={clsx(popupStyle, 'px-3 py-2')}>
            <TimeCard date={date} />
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  )
}

function useTimeText(date: Date, style: 'relative' | 'absolute'): string {
  const t = useTranslations('kit')
  const format = useFormatter()
  const days = new Intl.RelativeTimeFormat(useLocale(), { numeric: 'auto' })
  const now = useNow({ updateInterval: tickMs })
  const age = now.getTime() - date.getTime()
  if (style === 'absolute') {
    return format.dateTime(date, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
  }
  const size = Math.abs(age)
  if (size < minuteMs) return t('time.justNow')
  if (size < hourMs)
    return t(age > 0 ? 'time.minutesAgo' : 'time.inMinutes', { count: Math.floor(size / minuteMs) })
  if (size < dayMs) return t(age > 0 ? 'time.hoursAgo' : 'time.inHours', { count: Math.floor(size / hourMs) })
  if (size < weekMs) return days.format(-Math.trunc(age / dayMs), 'day')
  const sameYear = now.getFullYear() === date.getFullYear()
  return format.dateTime(date, { month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) })
}

function TimeCard({ date }: { readonly date: Date }) {
  const t = useTranslations('kit')
  const format = useFormatter()
  const zone = useTimeZone() ?? 'UTC'
  const long = (timeZone: string) =>
    format.dateTime(date, {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZone,
    })
  const rows = [
    { name: zone, value: long(zone) },
    { name: 'UTC', value: long('UTC') },
    { name: t('time.unix'), value: String(date.getTime()) },
  ]
  return (
    <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 text-meta">
      {rows.map((row, index) =>
        index === 0 && zone === 'UTC' ? null : (
          <div key={row.name} className="contents">
            <dt className="text-ink-3">{row.name}</dt>
            <dd className="tnum font-mono">{row.value}</dd>
            <dd>
              <CopyButton value={row.value} name={row.name} />
            </dd>
          </div>
        ),
      )}
    </dl>
  )
}
