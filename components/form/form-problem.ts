/** What the form understands of a failed answer (RFC 9457 with `invalidFields`). Any richer problem fits. */
export type FormProblem = {
  readonly detail: string
  readonly code: string
  readonly requestId?: string | undefined
  readonly invalidFields?:
    | ReadonlyArray<{
        readonly path: string
        readonly code: string
        readonly message: string
        readonly params?: Readonly<Record<string, string | number>> | undefined
      }>
    | undefined
}

/** The problem that an error carries in its `problem` property or is itself, as thrown by the API client. */
export function problemOf(error: unknown): FormProblem | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const carried = 'problem' in error ? error.problem : undefined
  return asProblem(carried) ?? asProblem(error)
}

function asProblem(value: unknown): FormProblem | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { detail, code, requestId, invalidFields } = value as Record<string, unknown>
  if (typeof detail !== 'string' || typeof code !== 'string') return undefined
  return {
    detail,
    code,
    requestId: typeof requestId === 'string' && requestId !== '' ? requestId : undefined,
    invalidFields: Array.isArray(invalidFields) ? invalidFields : undefined,
  }
}

/** `instances[0].url` and `/instances/0/url` are written `instances.0.url`, as the form names its fields. */
export function fieldPath(path: string): string {
  return path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .replaceAll('/', '.')
    .replace(/^\.+/, '')
}
