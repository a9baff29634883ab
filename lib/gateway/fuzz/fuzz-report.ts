/** How long a fuzzer goes on, and where its choices begin. */
export interface FuzzOptions {
  readonly seed: number
  /** Asked before each input, with the number of inputs tried. */
  goOn(tried: number): boolean
}

export interface FuzzReport {
  readonly name: string
  readonly tried: number
  /** What the inputs led to, so that nobody takes a run that exercised nothing for a good one. */
  readonly outcomes: Readonly<Record<string, number>>
}

/** An input on which a promise broke. The message has all that is needed to have it again. */
export class FuzzFailure extends Error {
  override readonly name = 'FuzzFailure'

  constructor(what: string, seed: number, input: Buffer | readonly Buffer[], details: unknown = null) {
    const pieces = Buffer.isBuffer(input) ? [input] : input
    const shown = pieces.map((piece) => JSON.stringify(piece.toString('latin1'))).join(' + ')
    super(`${what}\nseed ${seed}, input ${shown}${details === null ? '' : `\n${JSON.stringify(details)}`}`)
  }
}
