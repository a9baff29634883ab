'use client'

import { useFormatter, useNow, useTranslations } from 'use-intl'
import type { StatusTone } from '@/components/feedback/status-glyph.tsx'
import { StatusText } from '@/components/feedback/status-text.tsx'
import { useFormat } from '@/components/ui/use-format.ts'
import type { Instance, InstanceHealthState } from '@/lib/domain/inference-service.ts'
import { useCauseText } from './service-status.tsx'

const tones: Record<InstanceHealthState, StatusTone> = {
  ready: 'ok',
  unready: 'bad',
  ejected: 'bad',
  probing: 'info',
  paused: 'warn',
  unknown: 'pending',
}

type InstanceStateTextProps = {
  readonly state: InstanceHealthState
  /** What was: nothing of it is under way any more. */
  readonly past?: boolean
}

export function InstanceStateText({ state, past = false }: InstanceStateTextProps) {
  const t = useTranslations('inference-services.instances')
  const tone = past && state === 'probing' ? 'pending' : tones[state]
  return <StatusText tone={tone}>{t(`states.${state}`)}</StatusText>
}

/** The state, until when it lasts, and why it is so. */
export function InstanceHealth({ health }: Pick<Instance, 'health'>) {
  const cause = useCauseText()
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2">
        <InstanceStateText state={health.state} />
        {health.until === null ? null : <Until instant={health.until} />}
      </span>
      {health.reason ? (
        <span className="block max-w-[420px] text-meta text-ink-3 [overflow-wrap:anywhere]">
          {cause(health.reason)}
        </span>
      ) : null}
    </>
  )
}

/** "until 10:42:05 · 8 s left", counting down; nothing is said about what is over. */
function Until({ instant }: { readonly instant: string }) {
  const t = useTranslations('inference-services.instances')
  const formatter = useFormatter()
  const format = useFormat()
  const now = useNow({ updateInterval: 1000 })
  const date = new Date(instant)
  const leftMs = Math.ceil((date.getTime() - now.getTime()) / 1000) * 1000
  const time = formatter.dateTime(date, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return (
    <span className="tnum whitespace-nowrap text-ink-2">
      {t.rich('until', { time: () => <time dateTime={date.toISOString()}>{time}</time> })}
      {leftMs > 0 ? ` · ${t('left', { time: format.duration(leftMs) })}` : null}
    </span>
  )
}
