'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'

export type TabLink = {
  readonly href: string
  readonly label: ReactNode
  readonly count?: number
  readonly current: boolean
}

/** Tabs that are places: each one is a link, so it can be shared, opened in a new tab and left with Back. */
export function LinkTabs({ label, items }: { readonly label: string; readonly items: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="no-print overflow-x-auto border-b border-line">
      <ul className="flex gap-5">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              scroll={false}
              aria-current={item.current ? 'page' : undefined}
              className={clsx(
                'flex h-[37px] items-center gap-1.5 whitespace-nowrap border-b-2 -outline-offset-2',
                item.current
                  ? 'border-accent font-medium text-ink'
                  : 'border-transparent text-ink-2 hover:text-ink',
              )}
            >
              {item.label}
              {item.count === undefined ? null : (
                <span className="tnum font-normal text-ink-3">{item.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
