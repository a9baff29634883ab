import { clsx } from 'clsx'

export type StatusTone = 'ok' | 'info' | 'warn' | 'bad' | 'idle' | 'pending'

const colours: Record<StatusTone, string> = {
  ok: 'text-ok-solid',
  info: 'text-info-solid',
  warn: 'text-warn-solid',
  bad: 'text-bad-solid',
  idle: 'text-idle-solid',
  pending: 'text-idle-solid',
}

const shapes: Record<StatusTone, React.ReactNode> = {
  ok: <circle cx="5" cy="5" r="5" fill="currentColor" />,
  info: (
    <g fill="none" stroke="currentColor" strokeWidth="2">
      <circle cx="5" cy="5" r="4" opacity="0.35" />
      <path d="M5 1a4 4 0 0 1 4 4" />
    </g>
  ),
  warn: <path d="M5 .5 10 9.5H0Z" fill="currentColor" />,
  bad: <path d="M5 0l5 5-5 5-5-5Z" fill="currentColor" />,
  idle: <rect x="1" y="1" width="8" height="8" fill="none" stroke="currentColor" strokeWidth="2" />,
  pending: (
    <circle
      cx="5"
      cy="5"
      r="4"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray="2.1 1.04"
    />
  ),
}

/** The shape is the first cue, the colour the second; a word always stands beside it. */
export function StatusGlyph({ tone, className }: { readonly tone: StatusTone; readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 10 10"
      aria-hidden="true"
      className={clsx(
        'forced-fill size-2.5 shrink-0',
        colours[tone],
        tone === 'info' && 'animate-turn',
        className,
      )}
    >
      {shapes[tone]}
    </svg>
  )
}
