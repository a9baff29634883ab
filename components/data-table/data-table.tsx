'use client'

import {
  createSortedRowModel,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useRouter } from 'next/navigation'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useDelayedLoading } from '@/components/page/delayed.tsx'
import { ErrorState } from '@/components/page/error-state.tsx'
import { Button } from '@/components/ui/button.tsx'
import type { DataColumn, SortState } from './columns.ts'
import { TableHead } from './table-head.tsx'
import { TableRow } from './table-row.tsx'
import { MessageRow, SkeletonRows } from './table-states.tsx'
import { useListKeys } from './use-list-keys.ts'

export type DataTableProps<Row> = {
  /** What the table lists: its accessible name. */
  readonly label: string
  readonly columns: ReadonlyArray<DataColumn<Row>>
  readonly rows: readonly Row[] | undefined
  readonly rowId: (row: Row) => string
  /** The row's name, for its checkbox. */
  readonly rowName: (row: Row) => string
  /** Where the row leads. Its name cell must hold the same link. */
  readonly rowHref?: (row: Row) => string
  readonly rowActions?: (row: Row) => ReactNode
  readonly lines?: 1 | 2
  readonly sort?: SortState | null
  readonly onSortChange?: (sort: SortState | null) => void
  /** The server sorts: rows keep the order they came in. */
  readonly sortedByServer?: boolean
  /** Ids of selected rows. Without it there are no checkboxes. */
  readonly selected?: ReadonlySet<string>
  readonly onSelectedChange?: (selected: ReadonlySet<string>) => void
  readonly changed?: ReadonlySet<string>
  /** Rows are being fetched again under other filters: shown at 60 %. */
  readonly refreshing?: boolean
  readonly error?: unknown
  readonly errorTitle?: string
  readonly onRetry?: () => void
  /** Shown in one row when filters leave nothing. */
  readonly noMatch?: ReactNode
  readonly skeletonRows?: number
  readonly more?: { readonly loading: boolean; readonly onLoad: () => void } | undefined
}

const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  sortedRowModel: createSortedRowModel(),
})

const noRows: never[] = []

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, lines = 2, refreshing = false, error, noMatch, more } = props
  const t = useTranslations('kit')
  const table = useRef<HTMLTableElement>(null)
  const { ordered, selection } = useRows(props)
  const [active, setActive] = useActiveRow(props, ordered, selection, table)
  const waiting = rows === undefined && error === undefined
  const skeleton = useDelayedLoading(waiting)
  const hasActions = props.rowActions !== undefined
  const span = columns.length + (selection ? 1 : 0) + (hasActions ? 1 : 0)
  return (
    <div aria-busy={waiting || refreshing}>
      <table ref={table} aria-label={label} className="w-full border-separate border-spacing-0 max-md:block">
        <TableHead
          columns={columns}
          sort={props.sort ?? null}
          onSortChange={props.onSortChange}
          hasActions={hasActions}
          selection={selection ? { state: selection.state, onToggle: selection.onToggleAll } : undefined}
        />
        <tbody className={`max-md:block ${refreshing ? 'opacity-60' : ''}`}>
          {skeleton ? (
            <SkeletonRows
              columns={columns}
              rows={props.skeletonRows ?? 8}
              lines={lines}
              extra={{ before: selection !== undefined, after: hasActions }}
            />
          ) : (
            ordered.map((row, index) => (
              <TableRow
                key={props.rowId(row)}
                row={row}
                columns={columns}
                lines={lines}
                name={props.rowName(row)}
                href={props.rowHref?.(row)}
                active={index === active}
                changed={props.changed?.has(props.rowId(row)) ?? false}
                actions={props.rowActions?.(row)}
                selection={
                  selection
                    ? {
                        selected: selection.ids.has(props.rowId(row)),
                        onToggle: () => {
                          setActive(index)
                          selection.onToggle(props.rowId(row))
                        },
                      }
                    : undefined
                }
              />
            ))
          )}
          {rows?.length === 0 && !skeleton && noMatch ? <MessageRow span={span}>{noMatch}</MessageRow> : null}
          {error !== undefined && error !== null ? (
            <MessageRow span={span}>
              <ErrorState
                title={props.errorTitle ?? t('table.failed')}
                error={error}
                onRetry={props.onRetry}
              />
            </MessageRow>
          ) : null}
        </tbody>
      </table>
      {more ? (
        <div className="no-print flex justify-center py-4">
          <Button loading={more.loading} onClick={more.onLoad}>
            {t('table.more')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

type Selection = {
  readonly ids: ReadonlySet<string>
  readonly state: 'none' | 'some' | 'all'
  readonly onToggle: (id: string) => void
  readonly onToggleAll: () => void
  readonly onClear: () => void
}

function useRows<Row>(props: DataTableProps<Row>): { ordered: Row[]; selection: Selection | undefined } {
  const { columns, rows, rowId, sort, sortedByServer = false, selected, onSelectedChange } = props
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: { readonly value: Row }) => column.sortBy?.(row.value) ?? null,
        sortUndefined: 'last' as const,
        sortFn: compareCells,
      })),
    [columns],
  )
  const data = useMemo(() => (rows ?? noRows).map((value) => ({ value })), [rows])
  const sorting = useMemo(() => (sort ? [{ id: sort.id, desc: sort.desc }] : []), [sort])
  const rowSelection = useMemo(
    () => Object.fromEntries([...(selected ?? [])].map((id) => [id, true as const])),
    [selected],
  )
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: (row) => rowId(row.value),
    manualSorting: sortedByServer,
    state: { sorting, rowSelection },
  })
  const ordered = table.getRowModel().rows.map((row) => row.original.value)
  if (!selected || !onSelectedChange) return { ordered, selection: undefined }
  return { ordered, selection: selectionOf(selected, onSelectedChange, ordered.map(rowId)) }
}

function selectionOf(
  ids: ReadonlySet<string>,
  onChange: (ids: ReadonlySet<string>) => void,
  all: readonly string[],
): Selection {
  const count = all.filter((id) => ids.has(id)).length
  const state = count === 0 ? 'none' : count === all.length ? 'all' : 'some'
  return {
    ids,
    state,
    onToggle: (id) =>
      onChange(ids.has(id) ? new Set([...ids].filter((other) => other !== id)) : new Set([...ids, id])),
    onToggleAll: () => onChange(new Set(state === 'all' ? [] : all)),
    onClear: () => onChange(new Set()),
  }
}

type Comparable = { getValue: (columnId: string) => unknown }

/** Texts by language, numbers by size, nothing last. */
function compareCells(left: Comparable, right: Comparable, columnId: string): number {
  const a = left.getValue(columnId)
  const b = right.getValue(columnId)
  if (a === b) return 0
  if (a === null || a === undefined) return 1
  if (b === null || b === undefined) return -1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), undefined, { numeric: true })
}

function useActiveRow<Row>(
  props: DataTableProps<Row>,
  ordered: readonly Row[],
  selection: Selection | undefined,
  table: React.RefObject<HTMLTableElement | null>,
) {
  const router = useRouter()
  const [active, setActive] = useState(-1)
  useListKeys(table, {
    count: ordered.length,
    active,
    onActive: setActive,
    onOpen: (index) => {
      const row = ordered[index]
      const href = row === undefined ? undefined : props.rowHref?.(row)
      if (href) router.push(href)
    },
    onSelect: selection
      ? (index) => {
          const row = ordered[index]
          if (row !== undefined) selection.onToggle(props.rowId(row))
        }
      : undefined,
    onClear: selection && selection.ids.size > 0 ? selection.onClear : undefined,
  })
  return [active, setActive] as const
}
