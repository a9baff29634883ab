import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { StatusGlyph } from './status-glyph.tsx'

type CalloutProps = {
  readonly tone: 'info' | 'warn' | 'bad' | 'ok'
  /** The bold start of the sentence. */
  readonly title?: ReactNode
  readonly action?: ReactNode
  readonly children?: ReactNode
}

const colours = {
  info: 'border-info-line bg-info-tint',
  warn: 'border-warn-line bg-warn-tint',
  bad: 'border-bad-line bg-bad-tint',
  ok: 'border-ok-line bg-ok-tint',
}

/** A standing remark about the thing beside it, with its repair. */
export function Callout({ tone, title, action, children }: CalloutProps) {
  return (
    <div
      className={clsx(
        'flex flex-wrap items-start gap-x-2.5 gap-y-2 rounded-ctl border px-3 py-2.5 text-control text-ink',
        colours[tone],
      )}
    >
      <StatusGlyph tone={tone} className={clsx('mt-[5px]', tone === 'info' && 'animate-none!')} />
      <div className="min-w-0 flex-1">
        {title ? <strong className="font-semibold">{title} </strong> : null}
        {children}
      </div>
      {action}
    </div>
  )
}
