/** Console errors: code → status and title. The class carries a code, never a number. */
export const appErrors = {
  invalid_input: { status: 422, title: 'Some fields need attention' },
  malformed_request: { status: 400, title: 'The request could not be read' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Your role does not allow this' },
  cross_site_request: { status: 403, title: 'The request came from another site' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'It conflicts with something that exists' },
  version_conflict: { status: 409, title: 'Someone changed it meanwhile' },
  in_use: { status: 409, title: 'It is in use' },
  idempotency_key_reused: { status: 409, title: 'The idempotency key was used for another request' },
  setup_closed: { status: 410, title: 'The setup link is no longer valid' },
  body_too_large: { status: 413, title: 'The request body is too large' },
  unsupported_media_type: { status: 415, title: 'Send JSON' },
  rate_limited: { status: 429, title: 'Too many attempts' },
  internal: { status: 500, title: 'The console failed' },
  source_failed: { status: 502, title: 'The source could not be asked' },
  unavailable: { status: 503, title: 'The console is not ready' },
} as const satisfies Record<string, { status: number; title: string }>

export type AppErrorCode = keyof typeof appErrors

/** One wrong field. `path` is dotted: `instances.0.url`. `code` and `params` let a client translate. */
export interface InvalidField {
  readonly path: string
  readonly code: string
  readonly message: string
  readonly params?: Readonly<Record<string, string | number>>
}

export interface AppErrorOptions {
  readonly invalidFields?: readonly InvalidField[]
  /** For `version_conflict`: the object as it is now. For `in_use`: `{users: [{kind, id, name}]}`. */
  readonly current?: unknown
  /** Whole seconds, for `rate_limited` and `unavailable`. */
  readonly retryAfterSeconds?: number
  readonly internal?: string
  readonly cause?: unknown
}

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: AppErrorCode
  /** Shown to the caller: what is wrong and what to do. */
  readonly publicMessage: string
  readonly options: AppErrorOptions

  constructor(code: AppErrorCode, publicMessage: string, options: AppErrorOptions = {}) {
    super(options.internal ?? publicMessage, { cause: options.cause })
    this.code = code
    this.publicMessage = publicMessage
    this.options = options
  }
}
