'use client'

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Skeleton } from '@/components/page/skeleton.tsx'
import { type DataColumn, priorityStyle } from './columns.ts'

/** Bars in the place and height of the rows that will come. */
export function SkeletonRows<Row>({
  columns,
  rows,
  lines,
  extra,
}: {
  readonly columns: ReadonlyArray<DataColumn<Row>>
  readonly rows: number
  readonly lines: 1 | 2
  readonly extra: { readonly before: boolean; readonly after: boolean }
}) {
  return Array.from({ length: rows }, (_, index) => (
    <tr key={String(index)} className={lines === 2 ? 'h-row2' : 'h-row'}>
      {extra.before ? <td className="border-b border-line max-md:hidden" /> : null}
      {columns.map((column) => (
        <td
          key={column.id}
          className={clsx('border-b border-line pr-6 last:pr-0', priorityStyle[column.priority ?? 1])}
        >
          <span
            className={clsx('block', column.align === 'end' && 'ml-auto')}
            style={{ width: column.skeleton ?? '60%' }}
          >
            <Skeleton className="h-3" />
            {lines === 2 ? <Skeleton className="mt-2 h-2.5 w-3/4" /> : null}
          </span>
        </td>
      ))}
      {extra.after ? <td className="border-b border-line max-md:hidden" /> : null}
    </tr>
  ))
}

/** One full-width row under a kept header: nothing matches, or the list could not be loaded. */
export function MessageRow({ span, children }: { readonly span: number; readonly children: ReactNode }) {
  return (
    <tr>
      <td colSpan={span} className="border-b border-line py-4 text-control text-ink-2">
        {children}
      </td>
    </tr>
  )
}
