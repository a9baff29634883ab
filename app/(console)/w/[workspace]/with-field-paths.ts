import { type FormProblem, fieldPath, problemOf } from '@/components/form/form-problem.ts'

/** The same refusal, its complaints on the fields of a form whose names differ from the API's. */
export function withFieldPaths(error: unknown, rename: (path: string) => string): unknown {
  const problem = problemOf(error)
  if (!problem?.invalidFields?.length) return error
  const invalidFields = problem.invalidFields.map((field) => ({
    ...field,
    path: rename(fieldPath(field.path)),
  }))
  return new RenamedRefusal({ ...problem, invalidFields }, error)
}

class RenamedRefusal extends Error {
  override readonly name = 'RenamedRefusal'
  readonly problem: FormProblem

  constructor(problem: FormProblem, cause: unknown) {
    super(problem.detail, { cause })
    this.problem = problem
  }
}
