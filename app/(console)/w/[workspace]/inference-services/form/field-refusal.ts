import type { FormProblem } from '@/components/form/form-problem.ts'

/** A complaint about one field that the page itself found; forms read it like an answer of the API. */
export class FieldRefusal extends Error {
  override readonly name = 'FieldRefusal'
  readonly problem: FormProblem

  constructor(path: string, message: string) {
    super(message)
    this.problem = {
      detail: message,
      code: 'invalid_input',
      invalidFields: [{ path, code: 'custom', message }],
    }
  }
}
