export interface ProcessPlan {
  /** What the terminal calls it: `console`, `gateway node`. */
  readonly name: string
  readonly file: string
  /** Options for Node itself. */
  readonly nodeOptions?: readonly string[]
  /** `generation` is 1, or higher while earlier processes of the plan are still finishing. */
  arguments(generation: number): readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Its last line on standard error says why it ended. Default false. */
  readonly hasLastWords?: boolean
}
