import { AppError, type AppErrorCode } from '@/lib/domain/error.ts'

/** One wrong field that a schema alone could not find. */
export function fieldError(
  path: string,
  code: string,
  message: string,
  params?: Readonly<Record<string, string | number>>,
): AppError {
  return atField('invalid_input', path, code, message, params)
}

/** A name that someone else has. */
export function takenName(message: string, name: string): AppError {
  return atField('conflict', 'name', 'taken', message, { name })
}

function atField(
  error: AppErrorCode,
  path: string,
  code: string,
  message: string,
  params?: Readonly<Record<string, string | number>>,
): AppError {
  return new AppError(error, message, { invalidFields: [{ path, code, message, ...(params && { params }) }] })
}
