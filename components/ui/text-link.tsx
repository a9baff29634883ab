import { clsx } from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'

type TextLinkProps = ComponentProps<typeof Link> & {
  /** Underlined in sentences; plain in tables and facts. */
  readonly plain?: boolean
}

export function TextLink({ plain = false, className, ...rest }: TextLinkProps) {
  return (
    <Link
      {...rest}
      className={clsx(
        'rounded-tag text-accent-text hover:underline',
        !plain && 'underline underline-offset-2',
        className,
      )}
    />
  )
}
