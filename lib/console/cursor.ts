import type * as z from 'zod'
import { AppError } from '@/lib/domain/error.ts'
import type { Page } from '@/lib/domain/object.ts'

/** Opaque to clients: where the next page begins, as base64url of JSON. */
export function writeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** Undefined for the first page. Throws `malformed_request` for a cursor that this list never gave. */
export function readCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch (cause) {
    throw new AppError('malformed_request', 'This cursor is not from this list. Begin again without it.', {
      cause,
    })
  }
}

/** `rows` were read one over the limit: the extra one says that there is a next page. */
export function pageOfRows<Row, Item>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => unknown,
  toItem: (row: Row) => Item,
): Page<Item> & { items: Item[] } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? writeCursor(positionOf(last)) : null
  return { items: shown.map(toItem), nextCursor }
}
