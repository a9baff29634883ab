'use client'

import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, MouseEvent } from 'react'
import { Tooltip } from './tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'disabled'> & {
  readonly icon: LucideIcon
  /** The accessible name and the tooltip. */
  readonly label: string
  readonly shortcut?: string | undefined
  readonly disabledReason?: string | undefined
  /** `edge` draws the outline of a secondary button. */
  readonly variant?: 'quiet' | 'edge' | undefined
  readonly tooltip?: boolean
}

export function IconButton({
  icon: Icon,
  label,
  shortcut,
  disabledReason,
  variant = 'quiet',
  tooltip = true,
  className,
  onClick,
  ...rest
}: IconButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (disabledReason === undefined) onClick?.(event)
  }
  const button = (
    <button
      type="button"
      {...rest}
      aria-label={label}
      aria-disabled={disabledReason !== undefined || undefined}
      aria-keyshortcuts={shortcut}
      onClick={press}
      className={clsx(
        'inline-grid shrink-0 place-items-center rounded-ctl text-ink-2 transition-colors duration-[120ms] hover:bg-hover hover:text-ink active:bg-active aria-disabled:cursor-not-allowed aria-disabled:opacity-50 data-popup-open:bg-hover pointer-coarse:size-11',
        variant === 'edge' ? 'size-8 border border-line-strong bg-surface' : 'size-7',
        className,
      )}
    >
      <Icon aria-hidden="true" size={16} strokeWidth={1.5} />
    </button>
  )
  if (!tooltip) return button
  return (
    <Tooltip content={disabledReason ?? label} shortcut={shortcut} describes={disabledReason !== undefined}>
      {button}
    </Tooltip>
  )
}
