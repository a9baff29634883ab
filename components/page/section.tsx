import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type SectionProps = {
  readonly title: ReactNode
  /** At most one sentence. */
  readonly note?: ReactNode
  readonly id?: string
  readonly className?: string
  readonly children: ReactNode
}

/** Title and note in a 232 px margin, content right of it, a hairline between sections. */
export function Section({ title, note, id, className, children }: SectionProps) {
  return (
    <section
      {...(id ? { id } : {})}
      className={clsx(
        'grid grid-cols-1 gap-x-8 gap-y-4 border-t border-line py-6 first-of-type:border-t-0 lg:grid-cols-[232px_minmax(0,1fr)]',
        className,
      )}
    >
      <div>
        <h2 className="text-h2 text-ink">{title}</h2>
        {note ? <div className="mt-1 max-w-[52ch] text-control text-ink-3">{note}</div> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  )
}
