import { clsx } from 'clsx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'md' | 'sm'

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-active',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-hover active:bg-active',
  quiet: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink active:bg-active',
  danger: 'border-transparent bg-danger text-on-danger hover:bg-danger-hover',
}

const sizes: Record<ButtonSize, string> = {
  md: 'h-ctl px-3',
  sm: 'h-7 px-2.5 pointer-coarse:h-ctl',
}

const unavailable =
  'aria-disabled:cursor-not-allowed aria-disabled:opacity-50 disabled:cursor-not-allowed disabled:opacity-50'

export function buttonStyle(variant: ButtonVariant, size: ButtonSize, className?: string): string {
  return clsx(
    'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-ctl border text-control font-medium transition-colors duration-[120ms]',
    variants[variant],
    sizes[size],
    unavailable,
    className,
  )
}
