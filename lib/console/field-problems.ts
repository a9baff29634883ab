import { AppError, type InvalidField } from '@/lib/domain/error.ts'

/** Throws `invalid_input` with all of them, their paths below `prefix`. */
export function refuseProblems(problems: readonly InvalidField[], prefix = ''): void {
  const [first] = problems
  if (first === undefined) return
  throw new AppError('invalid_input', first.message, {
    invalidFields: problems.map(({ path, ...rest }) => ({ ...rest, path: joinPath(prefix, path) })),
  })
}

function joinPath(prefix: string, path: string): string {
  return prefix === '' || path === '' ? prefix + path : `${prefix}.${path}`
}
