import { AppError } from '@/lib/domain/error.ts'

/** One text for "does not exist" and "belongs to another workspace", so that an answer never tells which. */
export function notFound(): AppError {
  return new AppError('not_found', 'Nothing is here, or not for you.')
}

/** Turns a missing row into `not_found`. */
export function found<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw notFound()
  return row
}
