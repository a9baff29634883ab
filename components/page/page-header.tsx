'use client'

import type { ReactNode } from 'react'
import { PageTitle } from '@/components/shell/page-title.tsx'

type PageHeaderProps = {
  readonly title: string
  /** The name is an identifier and stays as typed in every language. */
  readonly translated?: boolean
  /** Beside the title: tags. */
  readonly aside?: ReactNode
  /** Under the title: `StatusText`, or one quiet fact. Not a subtitle. */
  readonly status?: ReactNode
  /** Buttons at the right; at most one primary. */
  readonly actions?: ReactNode
  /** What the title bar and history show, when it differs from `title`. */
  readonly documentTitle?: string
}

/** The page's one `h1`, its state and its actions. Also sets the document title. */
export function PageHeader({
  title,
  translated = true,
  aside,
  status,
  actions,
  documentTitle,
}: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-5">
      <PageTitle>{documentTitle ?? title}</PageTitle>
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2.5">
          <h1
            tabIndex={-1}
            translate={translated ? 'yes' : 'no'}
            className="text-h1 text-ink outline-none [overflow-wrap:anywhere]"
          >
            {title}
          </h1>
          {aside}
        </div>
        {status ? <div className="mt-0.5 text-body text-ink-2">{status}</div> : null}
      </div>
      {actions ? <div className="no-print flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  )
}
