'use client'

import { clsx } from 'clsx'
import { useRouter } from 'next/navigation'
import type { MouseEvent, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { type DataColumn, priorityStyle } from './columns.ts'

type TableRowProps<Row> = {
  readonly row: Row
  readonly columns: ReadonlyArray<DataColumn<Row>>
  readonly lines: 1 | 2
  readonly name: string
  readonly href: string | undefined
  readonly active: boolean
  readonly changed: boolean
  readonly actions: ReactNode
  readonly selection: { readonly selected: boolean; readonly onToggle: () => void } | undefined
}

const phoneItem =
  'max-md:grid max-md:h-auto! max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:border-b max-md:border-line max-md:py-2.5'

export function TableRow<Row>(props: TableRowProps<Row>) {
  const { row, columns, lines, name, href, active, changed, actions, selection } = props
  const t = useTranslations('kit')
  const open = useRowPress(href)
  return (
    <tr
      data-row=""
      aria-selected={selection?.selected}
      onClick={open}
      className={clsx(
        'group',
        phoneItem,
        lines === 2 ? 'h-row2' : 'h-row',
        href && 'cursor-pointer hover:bg-hover',
        selection?.selected && 'bg-accent-tint hover:bg-accent-tint',
        active && 'outline-2 outline-focus',
        changed && 'changed-row',
      )}
    >
      {selection ? (
        <td className="border-b border-line max-md:hidden">
          <Checkbox
            aria-label={t('table.select', { name })}
            checked={selection.selected}
            onCheckedChange={selection.onToggle}
          />
        </td>
      ) : null}
      {columns.map((column, index) => (
        <td
          key={column.id}
          className={clsx(
            'tnum border-b border-line py-1.5 pr-6 text-control last:pr-0 max-md:border-b-0 max-md:p-0',
            index === 0 ? 'max-md:col-start-1' : 'max-md:col-start-1 max-md:text-meta',
            column.align === 'end' && 'text-right max-md:text-left',
            priorityStyle[column.priority ?? 1],
          )}
        >
          {column.cell(row)}
        </td>
      ))}
      {actions ? (
        <td className="border-b border-line text-right max-md:col-start-2 max-md:row-span-2 max-md:row-start-1 max-md:border-b-0">
          <div className="inline-flex items-center gap-1">{actions}</div>
        </td>
      ) : null}
    </tr>
  )
}

/** The whole row follows the link in its name; controls and selected text keep their own meaning. */
function useRowPress(href: string | undefined) {
  const router = useRouter()
  return (event: MouseEvent<HTMLTableRowElement>) => {
    if (!href || event.defaultPrevented || !(event.target instanceof Element)) return
    if (!event.currentTarget.contains(event.target)) return
    if (event.target.closest('a, button, input, label, [role=checkbox], [role=menuitem]')) return
    if ((window.getSelection()?.toString() ?? '') !== '') return
    if (event.metaKey || event.ctrlKey) window.open(href, '_blank', 'noopener')
    else router.push(href)
  }
}
