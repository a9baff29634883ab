export interface Command {
  readonly name: string
  /** What follows the name: `<file>`, `[--demo]`. */
  readonly usage?: string
  readonly summary: string
  /** Resolves with the exit code, or with undefined when the process goes on by itself. */
  run(given: string[]): Promise<number | undefined>
}
