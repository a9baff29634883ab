'use client'

import { useTranslations } from 'use-intl'
import { Section } from '@/components/page/section.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { Overview } from '@/lib/domain/overview.ts'
import { Sparkline } from './sparkline.tsx'
import { sparklineShape } from './sparkline-path.ts'

type Numbers = Overview['numbers']

export function OverviewNumbers({ numbers }: { readonly numbers: Numbers }) {
  const t = useTranslations('overview.numbers')
  const format = useFormat()
  return (
    <Section title={t('title')} note={t('note')}>
      <dl className="grid grid-cols-1 gap-x-8 gap-y-6 min-[420px]:grid-cols-2 md:grid-cols-4">
        <Figure label={t('requests')} series={numbers.requests} show={(value) => format.number(value)} />
        <Figure
          label={t('successRate')}
          series={numbers.successRate}
          show={(value) => format.percent(value)}
        />
        <Figure label={t('averageMs')} series={numbers.averageMs} show={(value) => format.duration(value)} />
        <Figure label={t('tokens')} series={numbers.tokens} show={(value) => format.number(value)} />
      </dl>
    </Section>
  )
}

interface FigureProps {
  readonly label: string
  readonly series: Numbers['requests']
  readonly show: (value: number | null) => string
}

function Figure({ label, series, show }: FigureProps) {
  const t = useTranslations('overview.numbers')
  const shape = sparklineShape(series.points, 1, 1)
  const words = shape
    ? t('trend', { label, low: show(shape.low), high: show(shape.high), last: show(shape.last) })
    : t('noTrend', { label })
  return (
    <div className="min-w-0">
      <dt className="text-meta text-ink-3">{label}</dt>
      <dd>
        <span className="tnum block whitespace-nowrap text-figure">{show(series.total)}</span>
        <span className="mt-2 block">
          <Sparkline points={series.points} label={words} />
        </span>
      </dd>
    </div>
  )
}
