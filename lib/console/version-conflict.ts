import { AppError } from '@/lib/domain/error.ts'

/** `current` is the object as the API shows it. */
export function versionConflict(current: unknown): AppError {
  return new AppError(
    'version_conflict',
    'It was changed after you read it. Look at the newer one, then save again.',
    {
      current,
    },
  )
}
