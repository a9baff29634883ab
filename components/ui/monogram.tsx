import { clsx } from 'clsx'

type MonogramProps = { readonly text: string; readonly className?: string }

/** A tile of one to three letters that a provider is recognised by. The name stands beside it. */
export function Monogram({ text, className }: MonogramProps) {
  return (
    <span
      aria-hidden="true"
      translate="no"
      className={clsx(
        'inline-grid size-7 shrink-0 place-items-center rounded-ctl border border-line bg-sunken font-mono text-meta text-ink-2 select-none',
        className,
      )}
    >
      {text}
    </span>
  )
}
