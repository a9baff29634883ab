import type { LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonVariant, buttonStyle } from './button-style.ts'
import { Kbd } from './kbd.tsx'

type ButtonLinkProps = ComponentProps<typeof Link> & {
  readonly variant?: ButtonVariant
  readonly size?: ButtonSize
  readonly icon?: LucideIcon
  readonly shortcut?: string
}

/** Looks like a button, goes somewhere: a real link that can be opened in a new tab. */
export function ButtonLink({
  variant = 'secondary',
  size = 'md',
  icon: Icon,
  shortcut,
  className,
  children,
  ...rest
}: ButtonLinkProps) {
  return (
    <Link {...rest} aria-keyshortcuts={shortcut} className={buttonStyle(variant, size, className)}>
      {Icon ? <Icon aria-hidden="true" size={16} strokeWidth={1.5} /> : null}
      <span>{children}</span>
      {shortcut ? (
        <Kbd
          keys={shortcut}
          tone={variant === 'primary' ? 'on-accent' : 'plain'}
          className="pointer-coarse:hidden"
        />
      ) : null}
    </Link>
  )
}
