import { AppError } from '@/lib/domain/error.ts'
import type { Page } from '@/lib/domain/object.ts'

export interface PageRequest {
  readonly limit: number
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

export type SortOrder = 'asc' | 'desc'
type SortValue = string | number | Date

/** What follows the cursor in the order of a sort key and then of the id, as a Prisma filter. */
export function afterCursor(
  cursor: string | undefined,
  key: string,
  order: SortOrder,
): Record<string, unknown> | undefined {
  if (cursor === undefined) return undefined
  const { value, id } = decodeCursor(cursor)
  const beyond = order === 'asc' ? 'gt' : 'lt'
  if (key === 'id') return { id: { [beyond]: id } }
  return { OR: [{ [key]: { [beyond]: value } }, { [key]: value, id: { [beyond]: id } }] }
}

/** Cuts a page out of one row more than it shows: the extra row says that there is a next page. */
export function toPage<T extends { readonly id: string }>(
  rows: readonly T[],
  limit: number,
  sortValue: (row: T) => SortValue,
): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(sortValue(last), last.id) : null
  return { items, nextCursor }
}

function encodeCursor(value: SortValue, id: string): string {
  const plain = value instanceof Date ? { date: value.toISOString() } : value
  return Buffer.from(JSON.stringify([plain, id])).toString('base64url')
}

function decodeCursor(cursor: string): { value: SortValue; id: string } {
  try {
    const [plain, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    const value = isDateCursor(plain) ? new Date(plain.date) : plain
    const valid =
      value instanceof Date ? !Number.isNaN(value.getTime()) : ['string', 'number'].includes(typeof value)
    if (valid && typeof id === 'string') return { value: value as SortValue, id }
  } catch {}
  throw new AppError('invalid_input', 'The cursor is not one of ours.', {
    invalidFields: [{ path: 'cursor', code: 'cursor', message: 'Start again without a cursor.' }],
  })
}

function isDateCursor(value: unknown): value is { date: string } {
  return typeof value === 'object' && value !== null && 'date' in value && typeof value.date === 'string'
}
