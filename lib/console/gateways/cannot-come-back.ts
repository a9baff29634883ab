import { isAppError } from '@/lib/console/http/problem-response.ts'
import { AppError } from '@/lib/domain/error.ts'

/** Why an object of a revision cannot be made again. */
export function cannotComeBack(name: string, why: string, cause?: unknown): AppError {
  return new AppError('conflict', `${name} cannot come back: ${why}`, { cause })
}

/** The same for whatever `check` refuses. */
export async function mustPass(name: string, check: () => Promise<void> | void): Promise<void> {
  try {
    await check()
  } catch (error) {
    if (!isAppError(error)) throw error
    throw cannotComeBack(name, error.publicMessage, error)
  }
}
