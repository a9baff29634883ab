/** The caller left; the service is cancelled and nobody is answered. */
export class CallerGone extends Error {
  override readonly name = 'CallerGone'
}
export const callerGone = new CallerGone()

/** The caller has its answer; the service is cancelled where it goes on. */
class AnswerOver extends Error {
  override readonly name = 'AnswerOver'
}
export const answerOver = new AnswerOver()
