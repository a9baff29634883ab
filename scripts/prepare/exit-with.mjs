import { StepFailure } from './run-step.mjs'

/** Ends a script on a failure: the sentence alone when it is meant for the reader, the stack when it is a bug.
 * @param {unknown} error
 * @returns {never} */
export function exitWith(error) {
  console.error(error instanceof StepFailure ? `\n${error.message}` : error)
  process.exit(1)
}
