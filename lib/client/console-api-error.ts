import type { AppErrorCode, InvalidField } from '@/lib/domain/error.ts'
import { type Problem, problem } from '@/lib/domain/problem.ts'

/** The console's own codes, and the two that only a browser can see. */
export type ConsoleApiErrorCode = AppErrorCode | 'unreachable' | 'unreadable'

interface Facts {
  readonly code: string
  /** 0 when no answer came. */
  readonly status: number
  readonly detail: string
  readonly requestId: string | null
  readonly problem?: Problem
  readonly retryAfterSeconds?: number | null
  readonly cause?: unknown
}

/** A refused or failed call of the console's API. Show `detail` and `requestId`; decide by `code`. */
export class ConsoleApiError extends Error {
  override readonly name = 'ConsoleApiError'
  readonly code: ConsoleApiErrorCode | (string & {})
  readonly status: number
  /** What is wrong and what to do, in English; translate by `code` where a page knows it. */
  readonly detail: string
  /** For the operator's bug report; null when no answer came. */
  readonly requestId: string | null
  readonly invalidFields: readonly InvalidField[]
  /** With `version_conflict`: the object as it is now. With `in_use`: `{users: [{kind, id, name}]}`. */
  readonly current: unknown
  /** The console's answer as it came, for forms; null when the console did not answer. */
  readonly problem: Problem | null
  readonly retryAfterSeconds: number | null

  constructor(facts: Facts) {
    super(facts.detail, { cause: facts.cause })
    this.code = facts.code
    this.status = facts.status
    this.detail = facts.detail
    this.requestId = facts.requestId
    this.problem = facts.problem ?? null
    this.invalidFields = facts.problem?.invalidFields?.map(withoutUndefined) ?? []
    this.current = facts.problem?.current
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null
  }

  static async fromResponse(response: Response): Promise<ConsoleApiError> {
    const requestId = response.headers.get('x-request-id')
    const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
    const parsed = problem.safeParse(await response.json().catch(() => null))
    if (!parsed.success) return ConsoleApiError.unreadable(response, parsed.error)
    const { code, status, detail } = parsed.data
    return new ConsoleApiError({
      code,
      status,
      detail,
      requestId: parsed.data.requestId || requestId,
      problem: parsed.data,
      retryAfterSeconds: Number.isNaN(retryAfter) ? null : retryAfter,
    })
  }

  /** Something answered that is not our API, such as a proxy's error page. */
  static unreadable(response: Response, cause: unknown): ConsoleApiError {
    return new ConsoleApiError({
      code: 'unreadable',
      status: response.status,
      detail: `The answer (${response.status}) is not one of the console's.`,
      requestId: response.headers.get('x-request-id'),
      cause,
    })
  }

  static unreachable(cause: unknown): ConsoleApiError {
    return new ConsoleApiError({
      code: 'unreachable',
      status: 0,
      detail: 'The console does not answer. Check the connection, then try again.',
      requestId: null,
      cause,
    })
  }

  /** Whether asking again may help: nothing here was decided by the console. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

function withoutUndefined({ params, ...field }: NonNullable<Problem['invalidFields']>[number]): InvalidField {
  return params ? { ...field, params } : field
}
