import type { ReactNode } from 'react'

export type DataColumn<Row> = {
  readonly id: string
  /** Plain text: it also names the cell in two-line items. */
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** 1 always, 2 from 1024 px, 3 from 1440 px. Default 1. */
  readonly priority?: 1 | 2 | 3
  /** Numbers go to the end. */
  readonly align?: 'start' | 'end'
  /** Makes the column sortable by this value. */
  readonly sortBy?: (row: Row) => string | number | null
  /** A CSS width, for columns that must not breathe. */
  readonly width?: string
  /** The width of its bar while loading. Default 60 %. */
  readonly skeleton?: string
}

export type SortState = { readonly id: string; readonly desc: boolean }

/** `-updated` in the URL is "updated, newest first". */
export function parseSort(text: string | null, allowed: readonly string[]): SortState | null {
  if (!text) return null
  const desc = text.startsWith('-')
  const id = desc ? text.slice(1) : text
  return allowed.includes(id) ? { id, desc } : null
}

export function serializeSort(sort: SortState | null): string | null {
  return sort === null ? null : `${sort.desc ? '-' : ''}${sort.id}`
}

/** First press ascending, then descending, then the list's own order. */
export function nextSort(current: SortState | null, id: string): SortState | null {
  if (current?.id !== id) return { id, desc: false }
  return current.desc ? null : { id, desc: true }
}

export const priorityStyle: Record<1 | 2 | 3, string> = {
  1: '',
  2: 'max-lg:hidden',
  3: 'max-xl:hidden',
}
