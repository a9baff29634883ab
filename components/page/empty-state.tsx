import type { ReactNode } from 'react'

type EmptyStateProps = {
  /** The plain absence: "No services yet". */
  readonly title: ReactNode
  /** One sentence: what the thing is. */
  readonly text?: ReactNode
  readonly actions?: ReactNode
  /** A real control or a real example; never a picture. */
  readonly children?: ReactNode
}

/** First use: says what is missing, what it is, and starts it. */
export function EmptyState({ title, text, actions, children }: EmptyStateProps) {
  return (
    <div className="max-w-[68ch] py-6">
      <h2 className="text-h2 text-ink">{title}</h2>
      {text ? <p className="mt-1.5 max-w-[52ch] text-body text-ink-2">{text}</p> : null}
      {actions ? <div className="mt-4 flex flex-wrap gap-2">{actions}</div> : null}
      {children ? <div className="mt-5">{children}</div> : null}
    </div>
  )
}
