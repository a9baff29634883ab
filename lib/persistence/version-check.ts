import { AppError } from '@/lib/domain/error.ts'

/** Before what else is wrong is looked at: whoever wrote for an older version has to look again first. */
export function requireVersion(row: { readonly version: number }, version: number): void {
  if (row.version !== version) throw versionConflict()
}

/**
 * After `update … where id and version`: nothing changed means that the object is gone or was changed by
 * someone else. `exists` is asked only then.
 */
export async function requireChanged(count: number, exists: () => Promise<unknown>): Promise<void> {
  if (count > 0) return
  if ((await exists()) === null) throw new AppError('not_found', 'It does not exist any more.')
  throw versionConflict()
}

function versionConflict(): AppError {
  return new AppError('version_conflict', 'Someone changed it meanwhile. Look at it again, then save.')
}
