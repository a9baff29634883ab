/** In the order of the names; null: nobody knows. */
export type FoundServices = ReadonlyArray<string | null>

/**
 * Whoever keeps which service has what: files, batches, tasks, workflows and their clients, by names that each Model API
 * has for itself. It is this process, or one that keeps it for several. Nothing rejects.
 */
export interface JobSource {
  find(api: string, names: readonly string[]): FoundServices | Promise<FoundServices>
  /**
   * Gives all names to the service, or none where one of them has come to another since `seen` was found. Tells whose
   * they are.
   */
  claim(api: string, names: readonly string[], seen: FoundServices, service: string): string | Promise<string>
  /** Done when everybody finds it. */
  remember(api: string, names: readonly string[], service: string): void | Promise<void>
}
