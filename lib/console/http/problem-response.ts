import type * as z from 'zod'
import { AppError, type AppErrorCode, appErrors, type InvalidField } from '@/lib/domain/error.ts'
import type { Problem } from '@/lib/domain/problem.ts'

/** `application/problem+json` (RFC 9457) for an error. Anything but an `AppError` is `internal` and says no more. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = toAppError(error)
  const { status, title } = appErrors[known.code]
  const body: Problem = {
    type: `/docs/failure-modes#${known.code}`,
    title,
    status,
    detail: known.publicMessage,
    code: known.code,
    requestId,
  }
  if (known.options.invalidFields) body.invalidFields = known.options.invalidFields.map(toPlainField)
  if (known.options.current !== undefined) body.current = known.options.current
  const headers = new Headers({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  })
  if (known.options.retryAfterSeconds !== undefined) {
    headers.set('retry-after', String(known.options.retryAfterSeconds))
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** Bundles of one program may each hold a copy of the class, so it is recognised by name and code. */
export function isAppError(error: unknown): error is AppError {
  return (
    error instanceof AppError ||
    (error instanceof Error && error.name === 'AppError' && hasKnownCode(error as { code?: unknown }))
  )
}

function hasKnownCode(error: { code?: unknown }): error is { code: AppErrorCode } {
  return typeof error.code === 'string' && Object.hasOwn(appErrors, error.code)
}

export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error
  return new AppError('internal', 'Something failed in the console. Its log has the details.', {
    cause: error,
  })
}

/** Every issue with its dotted path, as forms map them to inputs. */
export function invalidInput(error: z.ZodError, prefix: readonly PropertyKey[] = []): AppError {
  const invalidFields = error.issues.map((issue) => ({
    path: [...prefix, ...issue.path].map(String).join('.'),
    code: issue.code ?? 'custom',
    message: isMissing(issue) ? 'This is missing.' : issue.message,
    ...paramsOf(issue),
  }))
  const first = invalidFields[0]
  return new AppError('invalid_input', first ? first.message : 'Some fields need attention.', {
    invalidFields,
  })
}

/** Where a schema has no sentence of its own for it. */
function isMissing({ code, message }: z.core.$ZodIssue): boolean {
  return code === 'invalid_type' && message.endsWith('received undefined')
}

/** The bounds that a translated message needs. */
function paramsOf(issue: object): { params?: Record<string, string | number> } {
  const params: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(issue)) {
    const isBound = ['minimum', 'maximum', 'format', 'origin', 'expected'].includes(key)
    if (isBound && (typeof value === 'string' || typeof value === 'number')) params[key] = value
  }
  return Object.keys(params).length > 0 ? { params } : {}
}

function toPlainField(field: InvalidField): NonNullable<Problem['invalidFields']>[number] {
  const { path, code, message, params } = field
  return params ? { path, code, message, params: { ...params } } : { path, code, message }
}
