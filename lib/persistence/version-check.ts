import { AppError } from '@/lib/domain/error.ts'

/**
 * After `update … where id and version`: nothing changed means that the object is gone or was changed by
 * someone else. `exists` is asked only then.
 */
export async function requireChanged(count: number, exists: () => Promise<unknown>): Promise<void> {
  if (count > 0) return
  if ((await exists()) === null) throw new AppError('not_found', 'It does not exist any more.')
  throw new AppError('version_conflict', 'Someone changed it meanwhile. Look at it again, then save.')
}
