import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { StatusGlyph, type StatusTone } from './status-glyph.tsx'

const colours: Record<StatusTone, string> = {
  ok: 'text-ok-text',
  info: 'text-info-text',
  warn: 'text-warn-text',
  bad: 'text-bad-text',
  idle: 'text-idle-text',
  pending: 'text-idle-text',
}

type StatusTextProps = {
  readonly tone: StatusTone
  /** The word: "Running". */
  readonly children: ReactNode
  /** After the word, quieter: "2 of 2 replicas · 40 s". */
  readonly detail?: ReactNode
  readonly className?: string
}

export function StatusText({ tone, children, detail, className }: StatusTextProps) {
  return (
    <span className={clsx('inline-flex flex-wrap items-baseline gap-x-[7px]', colours[tone], className)}>
      <span className="inline-flex items-baseline gap-[7px]">
        <StatusGlyph tone={tone} className="self-center" />
        {children}
      </span>
      {detail ? <span className="text-ink-2">{detail}</span> : null}
    </span>
  )
}
