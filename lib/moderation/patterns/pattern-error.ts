/** A pattern that can't be used; the message says why, where, and what to write instead. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
}
