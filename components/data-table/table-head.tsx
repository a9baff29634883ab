'use client'

import { clsx } from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '@/components/ui/checkbox.tsx'
import { type DataColumn, nextSort, priorityStyle, type SortState } from './columns.ts'

type TableHeadProps<Row> = {
  readonly columns: ReadonlyArray<DataColumn<Row>>
  readonly sort: SortState | null
  readonly onSortChange: ((sort: SortState | null) => void) | undefined
  readonly hasActions: boolean
  readonly selection?: { readonly state: 'none' | 'some' | 'all'; readonly onToggle: () => void } | undefined
}

export function TableHead<Row>({ columns, sort, onSortChange, hasActions, selection }: TableHeadProps<Row>) {
  const t = useTranslations('kit')
  return (
    <thead className="max-md:sr-only">
      <tr>
        {selection ? (
          <th className="sticky top-(--bar) z-10 w-7 border-b border-line-strong bg-surface py-1 text-left">
            <Checkbox
              aria-label={t('table.selectAll')}
              checked={selection.state === 'all'}
              indeterminate={selection.state === 'some'}
              onCheckedChange={selection.onToggle}
            />
          </th>
        ) : null}
        {columns.map((column) => (
          <HeadCell key={column.id} column={column} sort={sort} onSortChange={onSortChange} />
        ))}
        {hasActions ? (
          <th className="sticky top-(--bar) z-10 border-b border-line-strong bg-surface">
            <span className="sr-only">{t('table.actions')}</span>
          </th>
        ) : null}
      </tr>
    </thead>
  )
}

type HeadCellProps<Row> = Pick<TableHeadProps<Row>, 'sort' | 'onSortChange'> & {
  readonly column: DataColumn<Row>
}

function HeadCell<Row>({ column, sort, onSortChange }: HeadCellProps<Row>) {
  const sorted = sort?.id === column.id
  const Arrow = sorted && sort.desc ? ArrowDown : ArrowUp
  return (
    <th
      scope="col"
      aria-sort={sorted ? (sort.desc ? 'descending' : 'ascending') : undefined}
      style={column.width ? { width: column.width } : undefined}
      className={clsx(
        'sticky top-(--bar) z-10 border-b border-line-strong bg-surface py-1 pr-6 text-meta font-medium text-ink-2 last:pr-0',
        column.align === 'end' ? 'text-right' : 'text-left',
        priorityStyle[column.priority ?? 1],
      )}
    >
      {column.sortBy && onSortChange ? (
        <button
          type="button"
          className={clsx(
            'group inline-flex min-h-6 items-center gap-1 whitespace-nowrap rounded-tag hover:text-ink',
            column.align === 'end' && 'flex-row-reverse',
          )}
          onClick={() => onSortChange(nextSort(sort, column.id))}
        >
          {column.header}
          <Arrow
            size={12}
            strokeWidth={1.5}
            aria-hidden="true"
            className={sorted ? '' : 'opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60'}
          />
        </button>
      ) : (
        <span className="whitespace-nowrap">{column.header}</span>
      )}
    </th>
  )
}
