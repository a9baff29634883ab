import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type TagProps = { readonly mono?: boolean; readonly children: ReactNode; readonly className?: string }

/** A short fixed word about a thing: its kind, "Default". Never an identifier, never a status. */
export function Tag({ mono = false, children, className }: TagProps) {
  return (
    <span
      className={clsx(
        'inline-flex h-[18px] items-center whitespace-nowrap rounded-tag border border-line-strong px-1.5 text-meta text-ink-2',
        mono && 'font-mono',
        className,
      )}
    >
      {children}
    </span>
  )
}
