/** What the form understands of a failed answer (RFC 9457 with `invalidFields`). Any richer problem fits. */
export type FormProblem = {
  readonly title: string
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

/** The problem that an error carries in its `problem` property, as thrown by the API client. */
export function problemOf(error: unknown): FormProblem | undefined {
  if (typeof error !== 'object' || error === null || !('problem' in error)) return undefined
  const { problem } = error
  if (typeof problem !== 'object' || problem === null) return undefined
  const { title, detail, code } = problem as Record<string, unknown>
  const complete = typeof title === 'string' && typeof detail === 'string' && typeof code === 'string'
  return complete ? (problem as FormProblem) : undefined
}

/** `instances[0].url` and `/instances/0/url` are written `instances.0.url`, as the form names its fields. */
export function fieldPath(path: string): string {
  return path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .replaceAll('/', '.')
    .replace(/^\.+/, '')
}
