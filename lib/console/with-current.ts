import { AppError } from '@/lib/domain/error.ts'
import { isAppError } from './http/problem-response.ts'

/** Adds the object as it is now to the `version_conflict` of a write, so that a client can compare and save again. */
export async function withCurrent<T>(write: () => Promise<T>, current: () => Promise<unknown>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isAppError(error) || error.code !== 'version_conflict') throw error
    throw new AppError('version_conflict', error.publicMessage, { current: await current(), cause: error })
  }
}
