import { clsx } from 'clsx'

/** The turning ring of the status glyphs, in the colour of the text around it. */
export function Spinner({ className }: { readonly className?: string }) {
  return (
    <svg
      viewBox="0 0 12 12"
      aria-hidden="true"
      className={clsx('size-3 shrink-0 animate-turn', className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <circle cx="6" cy="6" r="4.5" opacity="0.35" />
      <path d="M6 1.5A4.5 4.5 0 0 1 10.5 6" />
    </svg>
  )
}
