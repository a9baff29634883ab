'use client'

import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import type { ComponentProps, MouseEvent } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style.ts'
import { Kbd } from './kbd.tsx'
import { Spinner } from './spinner.tsx'
import { Tooltip } from './tooltip.tsx'

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  readonly variant?: ButtonVariant | undefined
  readonly size?: ButtonSize | undefined
  readonly icon?: LucideIcon | undefined
  /** Keeps the label and the width, shows a ring, ignores presses. */
  readonly loading?: boolean | undefined
  /** Why the button cannot be pressed now. It stays focusable and says so. */
  readonly disabledReason?: string | undefined
  /** Printed on the button, such as `c` or `mod+s`. The shortcut itself is registered elsewhere. */
  readonly shortcut?: string | undefined
}

export function Button({
  variant = 'secondary',
  size = 'md',
  icon: Icon,
  loading = false,
  disabledReason,
  shortcut,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const blocked = loading || disabledReason !== undefined
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (!blocked) return onClick?.(event)
    event.preventDefault()
    event.stopPropagation()
  }
  const button = (
    <button
      {...rest}
      type={type}
      aria-disabled={blocked || undefined}
      aria-busy={loading || undefined}
      aria-keyshortcuts={shortcut}
      className={buttonStyle(variant, size, clsx(loading && 'aria-disabled:opacity-100', className))}
      onClick={press}
    >
      {loading && Icon ? <Spinner className="mx-0.5" /> : null}
      {Icon && !loading ? <Icon aria-hidden="true" size={16} strokeWidth={1.5} /> : null}
      {loading && !Icon ? (
        <Spinner className={clsx('absolute size-2.5!', size === 'md' ? 'left-1.5' : 'left-1')} />
      ) : null}
      <span className={clsx(loading && !Icon && 'translate-x-1.5')}>{children}</span>
      {shortcut ? (
        <Kbd
          keys={shortcut}
          tone={variant === 'primary' || variant === 'danger' ? 'on-accent' : 'plain'}
          className="pointer-coarse:hidden"
        />
      ) : null}
    </button>
  )
  return disabledReason ? <Tooltip content={disabledReason}>{button}</Tooltip> : button
}
