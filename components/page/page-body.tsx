import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type PageBodyProps = {
  /** `list` uses the full width; `detail` and `form` stop at 1240 px. */
  readonly layout: 'list' | 'detail' | 'form'
  readonly children: ReactNode
}

/** The content area of a page, with its padding. */
export function PageBody({ layout, children }: PageBodyProps) {
  return (
    <div
      className={clsx(
        'app-main w-full px-4 pt-6 md:px-6',
        layout !== 'list' && 'max-w-[1288px]',
        layout === 'form' ? 'pb-0' : 'pb-12',
      )}
    >
      {children}
    </div>
  )
}
