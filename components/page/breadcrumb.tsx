import Link from 'next/link'
import { Fragment } from 'react'

export type Crumb = { readonly label: string; readonly href?: string | undefined }

export function Breadcrumb({ label, crumbs }: { readonly label: string; readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label={label} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-x-1.5 text-control">
        {crumbs.map((crumb, index) => {
          const last = index === crumbs.length - 1
          return (
            <Fragment key={`${crumb.href ?? ''} ${crumb.label}`}>
              <li
                className={
                  last ? 'min-w-0 truncate pl-1 font-medium text-ink' : 'min-w-0 truncate text-ink-3'
                }
              >
                {crumb.href && !last ? (
                  <Link href={crumb.href} className="rounded-tag hover:text-ink">
                    {crumb.label}
                  </Link>
                ) : (
                  <span aria-current={last ? 'page' : undefined}>{crumb.label}</span>
                )}
              </li>
              {last ? null : (
                <li aria-hidden="true" className="text-ink-3">
                  /
                </li>
              )}
            </Fragment>
          )
        })}
      </ol>
    </nav>
  )
}
